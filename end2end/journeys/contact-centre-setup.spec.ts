// The contact centre set up: the steps, PBXs, tenants, licenses, and the inventory of numbers.
import { expect, loading, open, test } from '../fixtures.ts';
import { field } from '../support/employees.ts';
import { unique } from '../support/offices.ts';
import type { Page } from '@playwright/test';

const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });
const press = (page: Page, name: string) => loading(page, () => page.getByRole('button', { name, exact: true }).click());
const said = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text });

async function createPbx(page: Page, name: string) {
  await open(page, '/contact-centre/pbxs/new');
  await field(page, 'Name').fill(name);
  await field(page, 'Host').fill('pbx2.example.org:5060');
  await press(page, 'Create');
  await expect(said(page, 'The PBX was created.')).toBeVisible();
}

// C-06
test('the first visit leads through the set-up, and says what is done', async ({ page, signIn, problems }) => {
  problems.expectStatus(403);
  await signIn(page, 'ada');
  await open(page, '/');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Contact centre' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Set-up' })).toBeVisible();
  const steps = page.getByRole('main').getByRole('listitem');
  await expect(steps).toHaveText([/PBXs/, /Tenants/, /Numbers/, /Licenses/, /Agent groups/, /Queues/, /Scripts and channels/, /Users/]);
  await expect(steps.nth(0)).toContainText('Done');
  await expect(steps.nth(3)).toContainText('80 seats');
  await steps.nth(1).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Tenants' })).toBeVisible();

  await signIn(page, 'max');
  expect((await open(page, '/contact-centre'))?.status()).toBe(403);
  expect((await open(page, '/contact-centre/numbers'))?.status()).toBe(403);
});

// C-06
test('a PBX is added, edited and deleted; what hangs on one is said', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  const [name, other] = [unique('Antwerp PBX'), unique('Bruges PBX')];
  await signIn(page, 'ada');
  await open(page, '/contact-centre/pbxs/new');
  await field(page, 'Name').fill(name);
  await field(page, 'Host').fill('https://pbx.example.org');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(field(page, 'Host')).toHaveAccessibleDescription(/host name or address/);
  await expect(field(page, 'Name')).toHaveValue(name);
  await createPbx(page, name);

  await row(page, name).getByRole('link').click();
  await field(page, 'Name').fill(other);
  await press(page, 'Save');
  await row(page, other).getByRole('link').click();
  await press(page, 'Delete PBX');
  await expect(said(page, 'The PBX was deleted.')).toBeVisible();
  await expect(row(page, other)).toHaveCount(0);

  await row(page, 'Ghent PBX').getByRole('link').click();
  await expect(page.getByRole('main')).toContainText(/On this PBX there are still: \d+ tenants/);
  await expect(page.getByRole('button', { name: 'Delete PBX' })).toHaveCount(0);
});

// C-06, C-07, case 18
test('a tenant is on one PBX, and shows customer CLI when it is switched on', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  const [pbx, name] = [unique('Spare PBX'), unique('Demo Night')];
  await signIn(page, 'ada');
  await createPbx(page, pbx);
  await open(page, '/contact-centre/tenants/new');
  await field(page, 'Name').fill(name);
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(field(page, 'PBX')).toHaveAccessibleDescription(/PBX is required/);
  await field(page, 'PBX').selectOption({ label: pbx });
  await press(page, 'Create');
  await expect(row(page, name)).toContainText(pbx);

  await row(page, name).getByRole('link').click();
  const shows = page.getByRole('group', { name: 'Workplace phone' }).getByLabel('Display customer CLI when call offering');
  await expect(shows).not.toBeChecked();
  await shows.check();
  await field(page, 'PBX').selectOption({ label: 'Ghent PBX' });
  await press(page, 'Save');
  await expect(row(page, name)).toContainText('Ghent PBX');
  await row(page, name).getByRole('link').click();
  await expect(shows).toBeChecked();
  await press(page, 'Delete tenant');
  await expect(said(page, 'The tenant was deleted.')).toBeVisible();

  await row(page, 'Demo Care').getByRole('link').click();
  await expect(page.getByRole('main')).toContainText('Make another tenant the default first.');
  await expect(page.getByRole('button', { name: 'Delete tenant' })).toHaveCount(0);
});

// C-03
test('seats are edited, and a plan comes and goes', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  const plan = unique('Engage Night');
  await signIn(page, 'ada');
  await open(page, '/contact-centre/licenses');
  await page.getByRole('link', { name: 'Edit the seats of Contact Center' }).click();
  await field(page, 'Seats').fill('-1');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(field(page, 'Seats')).toHaveAccessibleDescription(/between 0 and 1,?000,?000/);
  await field(page, 'Seats').fill('25');
  await press(page, 'Save');
  await expect(row(page, 'Contact Center')).toContainText('25 seats');

  await page.getByRole('link', { name: 'Add plan' }).click();
  await field(page, 'Name').fill('engage bundled');
  await field(page, 'Seats').fill('5');
  await page.getByRole('button', { name: 'Add plan' }).click();
  await expect(field(page, 'Name')).toHaveAccessibleDescription(/already in use/);
  await field(page, 'Name').fill(plan);
  await press(page, 'Add plan');
  await expect(row(page, plan)).toContainText('5 left');
  await page.getByRole('link', { name: `Edit the seats of ${plan}` }).click();
  await press(page, 'Delete plan');
  await expect(said(page, 'The plan was deleted.')).toBeVisible();
  await expect(row(page, plan)).toHaveCount(0);
});

// C-04, case 16
test('a block of numbers is added, found and removed', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  await signIn(page, 'ada');
  await open(page, '/contact-centre/numbers');
  await page.getByText('Add numbers', { exact: true }).first().click();
  const [first, last] = [field(page, 'Number, or first'), field(page, 'Last number')];
  await first.fill('09 333 00 00');
  await last.fill('+3293330009');
  await page.getByRole('button', { name: 'Add numbers' }).click();
  await expect(first).toHaveAccessibleDescription(/such as \+3292104400/);
  await expect(last).toHaveValue('+3293330009');
  await first.fill('+3293330010');
  await page.getByRole('button', { name: 'Add numbers' }).click();
  await expect(last).toHaveAccessibleDescription(/before the beginning/);
  await first.fill('+3293330000');
  await press(page, 'Add numbers');
  await expect(said(page, '10 numbers were added.')).toBeVisible();

  await page.getByRole('searchbox').fill('933 3000');
  await field(page, 'Show').selectOption({ label: 'Free numbers' });
  await press(page, 'Find');
  await expect(page.getByRole('row').filter({ hasText: 'Free' })).toHaveCount(10);
  for (const number of ['+3293330000', '+3293330001']) await page.getByRole('checkbox', { name: number }).check();
  await press(page, 'Remove the ticked numbers');
  await expect(said(page, 'The numbers were removed.')).toBeVisible();
  await open(page, '/contact-centre/numbers?q=9333000');
  await expect(page.getByRole('row').filter({ hasText: 'Free' })).toHaveCount(8);
});

// C-04
test('pages of numbers follow each other', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await open(page, '/contact-centre/numbers?q=32921044');
  await expect(row(page, '+3292104400')).toBeVisible();
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(row(page, '+3292104459')).toBeVisible();
  await page.getByRole('link', { name: 'Previous page' }).click();
  await expect(row(page, '+3292104400')).toBeVisible();
});
