// passkeys, with Chromium's virtual authenticator. They need a host name, so the server has one.
import { expect, hydrated, loading, open, test } from '../fixtures.ts';
import { axe } from '../support/axe.ts';
import { address, arrive, chosenPassword, field } from '../support/employees.ts';
import { signInByForm } from '../support/people.ts';
import type { Page } from '@playwright/test';

test.use({ settings: { SERVER_NAME: 'localhost' } });

/** Gives the browser a phone that is always unlocked. */
async function phone(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true } as const;
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...options, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return { devtools, authenticatorId };
}

test('somebody adds a passkey, signs in with it alone, and removes it', async ({ page, another, server, problems }) => {
  problems.expectStatus(401);
  const email = address('passkey');
  await signInByForm(page, 'ada@demo.example');
  const own = await another();
  await phone(own);
  await arrive(page, own, server.mail, email);

  await open(own, '/account/second-factor');
  await field(own, 'Name of the new passkey').fill('Work phone');
  await loading(own, () => own.getByRole('button', { name: 'Add a passkey' }).click());
  await expect(own.getByText('Work phone', { exact: true })).toBeVisible();
  await axe(own);

  await own.context().clearCookies();
  await own.goto('/sign-in'); // offered in the field of the address, and this phone says yes to everything
  await own.waitForURL((url) => url.pathname !== '/sign-in');
  await open(own, '/account');
  await expect(own.getByText('by passkey').first()).toBeVisible();

  // The password alone is the first of two steps from now on.
  await own.context().clearCookies();
  await own.goto(`/sign-in?email=${email}`);
  await own.getByLabel('Password').fill(chosenPassword);
  await own.getByRole('button', { name: 'Sign in', exact: true }).click();
  await own.waitForURL(/\/sign-in\/second/);
  await hydrated(own);
  await own.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await own.waitForURL((url) => !url.pathname.startsWith('/sign-in'));

  await open(own, '/account/second-factor');
  await loading(own, () => own.getByRole('button', { name: 'Remove Work phone' }).click());
  await expect(own.getByText('Work phone', { exact: true })).toHaveCount(0);
  await own.context().clearCookies();
  await own.goto('/sign-in');
  await expect(own.getByRole('alert').filter({ hasText: 'not right' })).toBeVisible();
});
