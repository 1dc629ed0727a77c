import { expect, test } from '../fixtures.ts';
import { address, chosenPassword, field, rows } from '../support/employees.ts';
import { linkIn, mailTo } from '../support/mails.ts';
import { people, sendSignIn, signInByForm } from '../support/people.ts';

test.use({ javaScriptEnabled: false });

test('add, activate, suspend and delete without scripts', async ({ page, another, server, problems }) => {
  problems.expectStatus(422);
  await signInByForm(page, people.ada.email);

  await page.goto('/employees/new');
  await field(page, 'First name').fill('Noscript');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('main')).toContainText('There is a problem');
  await expect(field(page, 'First name')).toHaveValue('Noscript');
  const email = address('noscript');
  await field(page, 'Email').fill(email);
  await page.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL(/\/employees\/[0-9a-f-]{36}\b/);
  const profile = new URL(page.url()).pathname;

  const newcomer = await another();
  await newcomer.goto(linkIn(await mailTo(server.mail, email), 'activate'));
  await field(newcomer, 'Last name').fill('Person');
  await field(newcomer, 'Password').fill(chosenPassword);
  await newcomer.getByRole('button', { name: 'Activate' }).click();
  await newcomer.waitForURL((url) => !url.pathname.startsWith('/activate/'));

  await page.goto(profile);
  await field(page, 'Active').uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.goto(profile);
  await expect(field(page, 'Active')).not.toBeChecked();

  await page.getByRole('link', { name: 'Delete employee' }).click();
  await page.getByRole('main').getByRole('textbox', { name: /email/i }).fill(email);
  await page.getByRole('button', { name: /^Delete/ }).click();
  await page.waitForURL('**/employees*');
});

test('search and filter without scripts', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await page.goto('/employees');
  await page.getByRole('searchbox').fill(people.max.email);
  await page.getByRole('searchbox').press('Enter');
  await expect(rows(page)).toHaveCount(1);
});

test('a wrong password keeps the email and never the password', async ({ page, problems }) => {
  problems.expectStatus(401, 422);
  await page.goto('/sign-in');
  await sendSignIn(page, people.ada.email, 'not the password at all');
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByText(people.ada.email, { exact: true })).toBeVisible();
  await expect(page.getByLabel('Password')).toHaveValue('');
});
