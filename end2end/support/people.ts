// Those of the demo data whom everybody may sign in as.
import { expect, type Page } from '@playwright/test';

export const password = 'staffroom demo only';

export const people = {
  ada: { email: 'ada@demo.example', is: 'Administrator' },
  max: { email: 'max@demo.example', is: 'Office Manager of Ghent' },
  sam: { email: 'sam@demo.example', is: 'Agent in Ghent and Antwerp' },
  noor: { email: 'noor@demo.example', is: 'Office Manager of Antwerp, Agent in Ghent' },
  lee: { email: 'lee@demo.example', is: 'supervisor in the contact centre' },
};

export type Person = keyof typeof people;

/** Opens the Team page of an Office Manager with one office, the way they get there. */
export async function openTeam(page: Page) {
  await page.goto('/account');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Team' }).click();
  await page.waitForURL(/\/team\/[0-9a-f-]{36}\b/);
}

/** Says who one is, gives the password and sends it, without waiting for what comes of it. */
export async function sendSignIn(page: Page, email: string, secret = password) {
  await sendEmail(page, email);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** The first step of the sign-in: who one is. */
export async function sendEmail(page: Page, email: string) {
  const first = page.getByLabel('Email');
  const change = page.getByRole('link', { name: 'Change' });
  await first.or(change).waitFor();
  if (await change.isVisible()) await change.click();
  await first.fill(email);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await change.waitFor();
}

/** Signs in through the page, as somebody does who comes by. */
export async function signInByForm(page: Page, email: string, secret = password) {
  await page.goto('/sign-in');
  await sendSignIn(page, email, secret);
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** Waits until the open page of somebody whose session has ended leads to the sign-in by itself, as every other page does. */
export async function expectSignedOut(page: Page) {
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto('/account');
  await expect(page).toHaveURL(/\/sign-in/);
}
