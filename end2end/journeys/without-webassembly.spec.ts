import { expect, test } from '../fixtures.ts';
import { address, chosenPassword, field, rows } from '../support/employees.ts';
import { linkIn, mailTo } from '../support/mails.ts';
import { people, sendSignIn, signInByForm } from '../support/people.ts';
import { code, nextCode } from '../support/codes.ts';

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

// what signing in takes is set up and used without scripts too.
test('a second factor, a provider and a policy without scripts', async ({ page, another, server, problems }) => {
  problems.expectStatus(422);
  await signInByForm(page, people.ada.email);
  await page.goto('/employees/new');
  const email = address('plain');
  await field(page, 'Email').fill(email);
  await page.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL(/\/employees\/[0-9a-f-]{36}\b/);
  const own = await another();
  await own.goto(linkIn(await mailTo(server.mail, email), 'activate'));
  await field(own, 'First name').fill('Plain');
  await field(own, 'Last name').fill('Person');
  await field(own, 'Password').fill(chosenPassword);
  await own.getByRole('button', { name: 'Activate' }).click();
  await own.waitForURL((url) => !url.pathname.startsWith('/activate/'));

  await own.goto('/account/second-factor');
  await own.getByRole('button', { name: 'Set up an authenticator app' }).click();
  const secret = await own.locator('code.secret').innerText();
  await field(own, 'Code').fill('000000');
  await own.getByRole('button', { name: 'Add the app' }).click();
  await expect(field(own, 'Code')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(own, 'Code')).toHaveValue('');
  await field(own, 'Code').fill(code(secret));
  await own.getByRole('button', { name: 'Add the app' }).click();
  await expect(own.locator('.codes code')).toHaveCount(10);
  await own.context().clearCookies();
  await own.goto('/sign-in');
  await sendSignIn(own, email, chosenPassword);
  await own.waitForURL(/\/sign-in\/second/);
  await field(own, 'Code').fill(nextCode(secret));
  await own.getByRole('button', { name: 'Sign in' }).click();
  await own.waitForURL((url) => !url.pathname.startsWith('/sign-in'));

  await page.goto('/settings/sign-in/new/saml');
  await field(page, 'Name').fill('Plainly');
  await field(page, 'Metadata').fill('<nonsense/>');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(field(page, 'Metadata')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page, 'Metadata')).toHaveValue('<nonsense/>');
  await expect(field(page, 'Name')).toHaveValue('Plainly');
  await page.goto('/settings/sign-in');
  await field(page, 'Mail domains').fill('nonsense');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(field(page, 'Mail domains')).toHaveAttribute('aria-invalid', 'true');
});
