import { expect, open, rereading, test } from '../fixtures.ts';
import { field } from '../support/employees.ts';
import { randomBytes } from 'node:crypto';

/** An address that nobody has yet. */
const address = (name: string) => `${name}.${randomBytes(3).toString('hex')}@demo.example`;

// C-01 to C-04, C-12, E-07
test('an Administrator creates an Engage user together with a new employee', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  const email = address('vera');
  await signIn(page, 'ada');
  await open(page, '/contact-centre/users');
  await page.getByRole('link', { name: '+ Create user' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Create user' })).toBeVisible();
  await field(page, 'Email').fill(email);
  await field(page, 'First name').fill('Vera');
  await field(page, 'Last name').fill('Nowak');
  await field(page, 'License').selectOption({ label: 'Engage (CC)' });
  await field(page, 'Work extension').fill('112');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('alert')).toContainText('There are 2 problems');
  await expect(field(page, 'Work license')).toHaveAccessibleDescription(/Choose both, or neither/);
  await expect(field(page, 'Work extension')).toHaveAccessibleDescription(/looks like an emergency number/);

  await field(page, 'Work license').selectOption({ label: 'Engage Bundled' });
  await field(page, 'Work extension').fill('');
  await page.getByRole('button', { name: 'Suggest a Work extension' }).click();
  await expect(field(page, 'Work extension')).toHaveValue(/^\d{3,6}$/);
  await page.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL('**/contact-centre?done=contact-invited');
  await expect(page.getByRole('status').filter({ hasText: 'an invitation is on its way' })).toBeVisible();

  await open(page, '/contact-centre/users?q=nowak');
  await expect(page.getByRole('row').filter({ hasText: email })).toContainText('Engage (CC) + Engage Bundled');
});

// C-01, C-08, C-07, C-16
test('an employee becomes a user, with a phone and an endpoint', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await open(page, '/contact-centre/users/new');
  await page.getByRole('searchbox').fill('noor');
  await page.getByRole('button', { name: 'Find employees' }).click();
  await page.getByRole('link', { name: 'Choose Noor Janssens' }).click();
  await expect(field(page, 'Last name')).toHaveValue('Janssens');
  await field(page, 'License').selectOption({ label: 'Contact Center' });
  await page.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL('**/contact-centre?done=contact-user');

  await page.getByRole('link', { name: 'Phone', exact: true }).click();
  await expect(page.getByRole('main')).toContainText('No number yet');
  await field(page, 'Display customer CLI when call offering').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Result: shown');

  await page.getByRole('link', { name: 'Endpoints', exact: true }).click();
  await field(page, 'Kind').selectOption({ label: 'Web' });
  await page.getByRole('button', { name: 'Add endpoint' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'This secret is shown once' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Secret' })).toHaveValue(/.{40,}/);
});

// C-12, case 20
test('supervisor taken away says that what was assigned is gone', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await open(page, '/contact-centre/users/new');
  await field(page, 'Email').fill(address('quinn'));
  await field(page, 'First name').fill('Quinn');
  await field(page, 'Last name').fill('Watchful');
  await field(page, 'License').selectOption({ label: 'Contact Center' });
  await field(page, 'This user is supervisor').check();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL('**/contact-centre?done=contact-invited');

  await open(page, '/contact-centre/users?supervisor=true&q=watchful');
  await page.getByRole('link', { name: 'Quinn Watchful' }).click();
  await page.getByRole('link', { name: 'Supervisor', exact: true }).click();
  const loans = page.getByRole('checkbox', { name: 'Assign Loans' });
  await loans.check();
  await rereading(page, () => page.getByRole('button', { name: 'Save' }).click());
  await field(page, 'This user is supervisor').uncheck();
  await rereading(page, () => page.getByRole('button', { name: 'Save' }).click());
  await expect(page.getByText('What was assigned and enabled is gone with it.')).toBeVisible();
  await expect(loans).not.toBeChecked();
  await open(page, '/contact-centre/users?supervisor=true&q=watchful');
  await expect(page.getByRole('main')).toContainText('Nobody fits your search and filters');
});

// Section 8
test('one reads one’s own settings and sets one’s own state', async ({ page, signIn }) => {
  await signIn(page, 'sam');
  await open(page, '/account');
  const own = await page.evaluate(() => document.querySelector('a[href$="/contact-centre"]')?.getAttribute('href'));
  await open(page, own ?? '/');
  await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
  await field(page, 'Your state').selectOption({ label: 'On break' });
  await page.getByRole('button', { name: 'Set state' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
});
