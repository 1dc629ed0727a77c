// What journeys do with employees before they come to their point.
import { expect, type Page } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { hydrated, open, type OfTest } from '../fixtures.ts';
import { linkIn, mailTo } from './mails.ts';

export const chosenPassword = 'a long walk by the river';

/** An address that no journey has used before. */
export function address(name: string): string {
  return `${name}.${randomBytes(4).toString('hex')}@journey.example`;
}

/** The form field with this label; "visible to customers" and "optional" may follow in it. */
export function field(page: Page, label: string) {
  return page.getByLabel(new RegExp(`^\\s*${label}\\b`));
}

/** Adds an employee through the New employee page, as the Administrator whose `page` it is, and stays on their page. */
export async function add(page: Page, email: string, fields: Record<string, string> = {}, roles: string[] = []) {
  await open(page, '/employees/new');
  await field(page, 'Email').fill(email);
  for (const [label, value] of Object.entries(fields)) await field(page, label).fill(value);
  for (const role of roles) await field(page, role).check();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL(/\/employees\/[0-9a-f-]{36}\b/);
  await expect(page.getByRole('button', { name: 'Create' })).toBeHidden(); // the address changes before the page
  await hydrated(page);
  return new URL(page.url()).pathname;
}

/** Adds an employee without a page, by the server function that the page calls; answers with the path of theirs. */
export async function create(call: OfTest['call'], page: Page, fields: Record<string, string | string[]>) {
  const answer = await call(page, '/api/create_employee', fields);
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.headers()['location']!.split('?')[0]!;
}

/** Adds an employee who then accepts the invitation on `own`, where they are signed in from then on. */
export async function arrive(page: Page, own: Page, mailFolder: string, email: string, roles: string[] = []) {
  const profile = await add(page, email, {}, roles);
  await activate(own, mailFolder, email);
  return profile;
}

/** Ticks "Agent in Ghent" and the like in the Assigned offices dialog of an employee's page, and saves. */
export async function assign(page: Page, profile: string, ...ticks: string[]) {
  await open(page, `${profile}?edit=offices`);
  const dialog = page.getByRole('dialog', { name: 'Assigned offices' });
  for (const tick of ticks) await dialog.getByRole('checkbox', { name: tick }).check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
}

/** The part of a page under this heading. */
export function section(page: Page, heading: string) {
  return page.getByRole('main').locator('section').filter({ has: page.getByRole('heading', { name: heading, exact: true }) });
}

/** Finds an employee by email in the list, as somebody would who may see them, and opens their page. */
export async function openByEmail(page: Page, list: string, email: string) {
  await open(page, list);
  await page.getByRole('searchbox').fill(email);
  const links = rows(page);
  await expect(links).toHaveCount(1);
  await links.click();
  await page.waitForURL(/\/employees\/[0-9a-f-]{36}\b/);
  await hydrated(page);
  return new URL(page.url()).pathname;
}

/** The links of the list's rows, one for each person on the page. */
export function rows(page: Page) {
  return page.getByRole('main').locator('a[href^="/employees/"]:not([href="/employees/new"])');
}

/** Accepts an invitation on a page of nobody's: chooses a name and a password. */
export async function activate(page: Page, mailFolder: string, email: string, name = { first: 'Imke', last: 'Vos' }) {
  await open(page, linkIn(await mailTo(mailFolder, email), 'activate'));
  await field(page, 'First name').fill(name.first);
  await field(page, 'Last name').fill(name.last);
  await field(page, 'Password').fill(chosenPassword);
  await page.getByRole('button', { name: 'Activate' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/activate/'));
}

/** Switches something on an employee's page, and saves. */
export async function switchAndSave(page: Page, label: string, on: boolean) {
  await field(page, label).setChecked(on);
  await page.getByRole('button', { name: 'Save' }).click();
}
