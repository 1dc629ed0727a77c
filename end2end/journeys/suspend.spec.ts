import { expect, hydrated, open, test } from '../fixtures.ts';
import { activate, add, address, chosenPassword, switchAndSave } from '../support/employees.ts';
import { linkIn, mailTo } from '../support/mails.ts';
import { expectSignedOut, sendSignIn, signInByForm } from '../support/people.ts';

// E-15, case 11
test('suspending signs out everywhere at once, and reactivating lets in again', async ({ page, signIn, another, server, problems }) => {
  problems.expectStatus(401, 403, 422);
  const email = address('suspended');
  await signIn(page, 'ada');
  const profile = await add(page, email);
  const [desk, sofa] = [await another(), await another()];
  await activate(desk, server.mail, email);
  await signInByForm(desk, email, chosenPassword);
  await signInByForm(sofa, email, chosenPassword);

  await open(page, profile);
  await switchAndSave(page, 'Active', false);
  await expect(page.getByRole('main')).toContainText('Suspended');
  for (const device of [desk, sofa]) await expectSignedOut(device);
  await hydrated(desk);
  await sendSignIn(desk, email, chosenPassword);
  await expect(desk.getByRole('alert')).toBeVisible();

  await open(page, profile);
  await switchAndSave(page, 'Active', true);
  await expect(page.getByRole('main')).not.toContainText('Suspended');
  await signInByForm(sofa, email, chosenPassword);
});

// E-15, case 4
test('a Pending person who was suspended gets a new link, and the old one stays dead', async ({ page, signIn, another, server }) => {
  const email = address('pending');
  await signIn(page, 'ada');
  await add(page, email);
  const first = linkIn(await mailTo(server.mail, email), 'activate');
  const newcomer = await another();

  await switchAndSave(page, 'Active', false);
  await expect(page.getByRole('main')).toContainText('Suspended');
  await open(newcomer, first);
  await expect(newcomer.getByLabel('Password')).toHaveCount(0);

  await switchAndSave(page, 'Active', true);
  await expect(page.getByRole('main')).toContainText('Pending');
  const second = linkIn(await mailTo(server.mail, email, 2), 'activate');
  await open(newcomer, first);
  await expect(newcomer.getByLabel('Password')).toHaveCount(0);
  await open(newcomer, second);
  await expect(newcomer.getByLabel('Password')).toBeVisible();
});
