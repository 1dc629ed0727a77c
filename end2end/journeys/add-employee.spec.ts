import { expect, open, reload, test } from '../fixtures.ts';
import { activate, add, address, chosenPassword, field } from '../support/employees.ts';
import { linkIn, mailsTo, mailTo } from '../support/mails.ts';
import { people, signInByForm } from '../support/people.ts';

// E-06
test('only Administrators add employees', async ({ page, signIn, problems }) => {
  await signIn(page, 'ada');
  await open(page, '/employees');
  await page.getByRole('link', { name: '+ Employee' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New employee' })).toBeVisible();

  problems.expectStatus(403);
  await signIn(page, 'max');
  expect((await open(page, '/employees/new'))?.status()).toBe(403);
});

// E-07, A-01, case 2
test('an email is enough: invited, Pending, activated by the link in the mail', async ({ page, signIn, another, server }) => {
  const email = address('imke');
  await signIn(page, 'ada');
  await add(page, email);
  await expect(page.getByRole('main')).toContainText('Invitation sent to');
  await expect(page.getByRole('main')).toContainText('Pending');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(email);

  const link = linkIn(await mailTo(server.mail, email), 'activate');
  const scanner = await another();
  await scanner.goto(link); // opening it changes nothing
  const newcomer = await another();
  await activate(newcomer, server.mail, email);
  await reload(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Imke Vos');
  await expect(page.getByRole('main')).not.toContainText('Pending');

  await signInByForm(await another(), email, chosenPassword);
  await open(scanner, link);
  await expect(scanner.getByLabel('Password')).toHaveCount(0); // single use
});

// E-08, case 1
test('bypassing activation asks for the External ID, and tells nobody', async ({ page, signIn, server, problems }) => {
  problems.expectStatus(422);
  const email = address('bypass');
  await signIn(page, 'ada');
  await open(page, '/employees/new');
  await field(page, 'Bypass the user activation flow').check();
  await field(page, 'Email').fill(email);
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(field(page, 'External ID')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page, 'Email')).toHaveValue(email);

  await field(page, 'External ID').fill(`id-${email}`);
  await page.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL(/\/employees\/[0-9a-f-]{36}\b/);
  await expect(page.getByRole('main')).toContainText('No message was sent');
  await expect(page.getByRole('main')).not.toContainText('Pending');
  await expect(field(page, 'Active')).toBeChecked();
  await expect(page.getByRole('button', { name: /^Copy/ })).toBeVisible();
  expect(await mailsTo(server.mail, email)).toEqual([]);
});

// Case 3
test('an email that exists is refused beside its field, whatever its case, and nothing typed is lost', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  await signIn(page, 'ada');
  await open(page, '/employees/new');
  await field(page, 'Email').fill(people.ada.email.toUpperCase());
  await field(page, 'First name').fill('Adèle');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('alert')).toContainText('There is a problem');
  await expect(field(page, 'Email')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page, 'Email')).toHaveValue(people.ada.email.toUpperCase());
  await expect(field(page, 'First name')).toHaveValue('Adèle');
});

// Case 16
test('a phone number that is none is refused, one as people write it is normalised', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  await signIn(page, 'ada');
  await open(page, '/employees/new');
  await field(page, 'Email').fill(address('phone'));
  await field(page, 'Phone').fill('+0 123');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(field(page, 'Phone')).toHaveAttribute('aria-invalid', 'true');

  await field(page, 'Phone').fill('(0)9 210 44 18');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL(/\/employees\/[0-9a-f-]{36}\b/);
  await expect(field(page, 'Phone')).toHaveValue('09 210 44 18');
});

// Case 22
test('a script in a name is text', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await add(page, address('script'), { 'First name': '<script>alert(1)</script>', 'Last name': '"><img src=x>' });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('<script>alert(1)</script> "><img src=x>');
});

// E-13
test('a role without an office is remembered as wanted, and the way to assign one is shown', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await add(page, address('wanted'), {}, ['Agent']);
  await expect(page.getByRole('main')).toContainText(/not assigned to an office yet/i);
});
