import { expect, open, rereading, test } from '../fixtures.ts';
import { add, address, assign, field, rows } from '../support/employees.ts';
import type { Page } from '@playwright/test';
import { randomBytes } from 'node:crypto';

/** A name that no office has yet. */
const unique = (name: string) => `${name} ${randomBytes(3).toString('hex')}`;

async function createOffice(page: Page, name: string) {
  await open(page, '/offices/new');
  await field(page, 'Name').fill(name);
  await page.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL('**/offices?done=office');
  return (await page.getByRole('main').getByRole('link', { name }).getAttribute('href'))!;
}

// O-01
test('an Administrator creates an office, and people can be assigned there', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  const name = unique('Bruges');
  await signIn(page, 'ada');
  await open(page, '/offices');
  await page.getByRole('link', { name: 'New office' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New office' })).toBeVisible();
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('alert')).toContainText('There is a problem');
  await expect(field(page, 'Name')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page, 'Name')).toHaveAccessibleDescription(/Name is required/);
  await field(page, 'Name').fill('x'.repeat(101));
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(field(page, 'Name')).toHaveAccessibleDescription(/at most 100/);

  await field(page, 'Name').fill(name);
  await page.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL('**/offices?done=office');
  await expect(page.getByRole('status').filter({ hasText: 'The office was created.' })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Active');

  const profile = await add(page, address('opener'));
  await assign(page, profile, `Agent in ${name}`);
  await open(page, '/offices');
  await page.getByRole('main').getByRole('link', { name }).click();
  await expect(page.getByRole('main')).toContainText('1 employee works here.');
  await page.getByRole('link', { name: 'Show the team' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(rows(page)).toHaveCount(1);
});

// O-01
test('an office gets another name, is deactivated, and stays so', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  const [before, after] = [unique('Hasselt'), unique('Genk')];
  await signIn(page, 'ada');
  const office = await createOffice(page, before);
  await open(page, office);
  await field(page, 'Name').fill(' ');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(field(page, 'Name')).toHaveAttribute('aria-invalid', 'true');
  await field(page, 'Name').fill(after);
  await field(page, 'Active').uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(after);
  await expect(field(page, 'Name')).not.toHaveAttribute('aria-invalid', 'true');

  await open(page, '/offices');
  await expect(page.getByRole('row').filter({ hasText: after })).toContainText('Not active');
  await expect(page.getByRole('main')).not.toContainText(before);
  await open(page, '/audit');
  await expect(page.getByRole('listitem').first()).toContainText(`edited the office ${after}`);
  await expect(page.getByRole('listitem').first().getByRole('deletion').first()).toHaveText(before);
});

// O-01, E-20
test('the second of two editors of an office is told, and loses nothing typed', async ({ page, signIn, another, problems }) => {
  problems.expectStatus(409);
  const [name, mine] = [unique('Aalst'), unique('Ninove')];
  await signIn(page, 'ada');
  const office = await createOffice(page, name);
  const second = await another('ada');
  await open(second, office);
  await open(page, office);
  await field(page, 'Active').uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();

  await field(second, 'Name').fill(mine);
  await second.getByRole('button', { name: 'Save' }).click();
  await expect(second.getByRole('alert')).toContainText(/Ada Lindqvist changed|Somebody else changed/);
  await expect(field(second, 'Name')).toHaveValue(mine);
  await expect(field(second, 'Active')).not.toBeChecked(); // what the other saved
  await second.getByRole('button', { name: 'Save' }).click();
  await expect(second.getByRole('heading', { level: 1 })).toHaveText(mine);
  await expect(second.getByRole('alert')).toBeHidden();
});

// O-01, E-19
test('an Office Manager edits the office they manage, and no other', async ({ page, signIn, another, problems }) => {
  problems.expectStatus(403, 404);
  const administrator = await another('ada');
  await open(administrator, '/offices');
  const elsewhere = await administrator.getByRole('main').getByRole('link', { name: 'Antwerp' }).getAttribute('href');

  await signIn(page, 'max');
  await open(page, '/offices');
  await expect(page.getByRole('row').filter({ has: page.getByRole('link') })).toHaveText([/Ghent/]);
  await expect(page.getByRole('link', { name: 'New office' })).toHaveCount(0);
  await page.getByRole('main').getByRole('link', { name: 'Ghent' }).click();
  await field(page, 'Active').uncheck();
  await rereading(page, () => page.getByRole('button', { name: 'Save' }).click());
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await field(page, 'Active').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: 'Save' })).toBeHidden(); // nothing is left to save
  await expect(field(page, 'Active')).toBeChecked();

  expect((await open(page, '/offices/new'))?.status()).toBe(403);
  expect((await open(page, elsewhere!))?.status()).toBe(404);
  await signIn(page, 'lee');
  expect((await open(page, '/offices'))?.status()).toBe(403);
});

test('leaving a changed form asks', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await open(page, '/offices');
  await page.getByRole('main').getByRole('link', { name: 'Antwerp' }).click();
  await field(page, 'Name').fill('Antwerp by the water');
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    return asked.length === 1 ? dialog.dismiss() : dialog.accept();
  });
  const away = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Employees' });
  await away.click();
  await expect(field(page, 'Name')).toHaveValue('Antwerp by the water');
  await away.click();
  await expect(page).toHaveURL(/\/employees$/);
  expect(asked).toEqual(Array(2).fill('Your changes are not saved yet. Leave this page and lose them?'));
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  // O-01, E-20
  test('an office is created, edited, and kept from the second of two editors', async ({ page, signIn, another, problems }) => {
    problems.expectStatus(409, 422);
    const [name, mine] = [unique('Plain'), unique('Plainer')];
    await signIn(page, 'ada');
    await page.goto('/offices/new');
    await page.getByRole('button', { name: 'Create' }).click();
    await expect(field(page, 'Name')).toHaveAttribute('aria-invalid', 'true');
    await field(page, 'Name').fill(name);
    await page.getByRole('button', { name: 'Create' }).click();
    await page.waitForURL('**/offices?done=office');
    await page.getByRole('main').getByRole('link', { name }).click();
    const second = await another('ada');
    await second.goto(page.url());

    await field(page, 'Active').uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('main')).toContainText('Saved.');
    await field(second, 'Name').fill(mine);
    await second.getByRole('button', { name: 'Save' }).click();
    await expect(second.getByRole('alert')).toContainText(/Ada Lindqvist changed|Somebody else changed/);
    await expect(field(second, 'Name')).toHaveValue(mine);
    await second.getByRole('button', { name: 'Save' }).click();
    await expect(second.getByRole('heading', { level: 1 })).toHaveText(mine);
  });
});
