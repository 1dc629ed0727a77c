// Categories and subjects, and how offices narrow them.
import { expect, loading, open, rereading, test } from '../fixtures.ts';
import { field } from '../support/employees.ts';
import { addSubject, officeOf, save, unique } from '../support/offices.ts';
import type { Page } from '@playwright/test';

const row = (page: Page, title: string) => page.getByRole('row').filter({ hasText: title });

// O-02
test('an Administrator adds a category and a subject in it', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  const [category, title] = [unique('Insurance'), unique('House insurance')];
  await signIn(page, 'ada');
  await open(page, '/subjects');
  await page.getByRole('link', { name: 'New category' }).click();
  await field(page, 'Title').fill(category);
  await loading(page, () => page.getByRole('button', { name: 'Create' }).click());
  await expect(page.getByRole('status').filter({ hasText: 'The category was created.' })).toBeVisible();

  await page.getByRole('link', { name: `New subject in ${category}` }).click();
  await expect(field(page, 'Category')).toHaveValue(/^[0-9a-f-]{36}$/);
  await expect(field(page, 'Category').locator('option:checked')).toHaveText(category);
  for (const kind of ['In person', 'Video', 'Phone']) await page.getByRole('checkbox', { name: kind, exact: true }).uncheck();
  await field(page, 'Duration').fill('4');
  await field(page, 'Latest notice').fill('a year');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('alert')).toContainText('There are 4 problems');
  await expect(field(page, 'Duration')).toHaveAccessibleDescription(/between 5 and 480/);
  await expect(field(page, 'Latest notice')).toHaveValue('a year');

  await field(page, 'Title').fill(title);
  await page.getByRole('checkbox', { name: 'Video', exact: true }).check();
  await field(page, 'Duration').fill('45');
  await field(page, 'Earliest notice').selectOption({ label: '1 day' });
  await field(page, 'Latest notice').fill('30');
  await page.getByLabel('Question 1', { exact: true }).fill('How old is the house?');
  await page.getByLabel('An answer to question 1 is required').check();
  await loading(page, () => page.getByRole('button', { name: 'Create' }).click());
  await expect(row(page, title)).toContainText('45 minutes');
  await expect(row(page, title)).toContainText('Video');
  await expect(row(page, title)).toContainText('Nobody handles it'); // O-03

  await row(page, title).getByRole('link').click();
  await expect(field(page, 'Earliest notice').locator('option:checked')).toHaveText('1 day');
  await expect(page.getByLabel('Question 1', { exact: true })).toHaveValue('How old is the house?');
  await expect(page.getByLabel('An answer to question 1 is required')).toBeChecked();
});

// O-02, E-20
test('a subject is edited, and the second of two editors loses nothing', async ({ page, signIn, another, problems }) => {
  problems.expectStatus(409);
  const [before, after] = [unique('Loan'), unique('Credit')];
  await signIn(page, 'ada');
  const subject = await addSubject(page, before);
  const second = await another('ada');
  await open(second, subject);
  await open(page, subject);
  await field(page, 'Active').uncheck();
  await save(page);
  await field(second, 'Title').fill(after);
  await rereading(second, () => second.getByRole('button', { name: 'Save' }).click());
  await expect(second.getByRole('alert')).toContainText(/Ada Lindqvist changed|Somebody else changed/);
  await expect(field(second, 'Title')).toHaveValue(after);
  await second.getByRole('button', { name: 'Save' }).click();
  await expect(second.getByRole('heading', { level: 1 })).toHaveText(after);
  await open(page, '/subjects');
  await expect(row(page, after)).toContainText('Not active');
});

// O-02
test('a subject is deleted once its title was typed, and a category once it is empty', async ({ page, signIn, problems }) => {
  problems.expectStatus(404, 422);
  const [category, title] = [unique('Short'), unique('Gone soon')];
  await signIn(page, 'ada');
  await open(page, '/subjects/categories/new');
  await field(page, 'Title').fill(category);
  await loading(page, () => page.getByRole('button', { name: 'Create' }).click());
  const subject = await addSubject(page, title, category);
  await open(page, '/subjects');
  await page.getByRole('link', { name: `Edit the category ${category}` }).click();
  await expect(page.getByRole('main')).toContainText('1 subject is in this category.');
  await expect(page.getByRole('button', { name: 'Delete category' })).toHaveCount(0);

  await open(page, subject);
  await page.getByRole('link', { name: 'Delete subject' }).click();
  const confirm = page.getByLabel(`Type the title ${title} to confirm`);
  await confirm.fill('no');
  await page.getByRole('button', { name: `Delete ${title}` }).click();
  await expect(confirm).toHaveAccessibleDescription(/does not match/);
  await confirm.fill(title);
  await page.getByRole('button', { name: `Delete ${title}` }).click();
  await page.waitForURL('**/subjects?done=subject-deleted');
  expect((await open(page, subject))?.status()).toBe(404);

  await open(page, '/subjects');
  await page.getByRole('link', { name: `Edit the category ${category}` }).click();
  await loading(page, () => page.getByRole('button', { name: 'Delete category' }).click());
  await expect(page.getByRole('status').filter({ hasText: 'The category was deleted.' })).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText(category);
});

// O-02
test('an Office Manager narrows a subject in their office, and not beyond what it says', async ({ page, signIn, another, problems }) => {
  problems.expectStatus(403, 404, 422);
  const title = unique('Narrowed');
  const administrator = await another('ada');
  const subject = await addSubject(administrator, title);
  const elsewhere = await officeOf(administrator, 'Antwerp');

  await signIn(page, 'max');
  expect((await open(page, '/subjects'))?.status()).toBe(403);
  const office = await officeOf(page, 'Ghent');
  await open(page, office);
  await page.getByRole('navigation', { name: 'Pages of this office' }).getByRole('link', { name: 'Subjects' }).click();
  await row(page, title).getByRole('link').click();
  await expect(page.getByRole('main')).toContainText('No agent who can be booked handles this subject here');
  await expect(field(page, 'Earliest notice').getByRole('option', { name: 'None' })).toHaveCount(0); // only longer than 2 hours
  await field(page, 'Latest notice').fill('61');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(field(page, 'Latest notice')).toHaveAccessibleDescription(/between 1 and 60/);
  await field(page, 'Latest notice').fill('30');
  await field(page, 'Duration').fill('90');
  await field(page, 'Earliest notice').selectOption({ label: '1 day' });
  await field(page, 'Confirmation').selectOption({ label: 'By hand' });
  await loading(page, () => page.getByRole('button', { name: 'Save' }).click());
  await expect(row(page, title)).toContainText('90 minutes');
  await expect(row(page, title)).toContainText('1 day to 30 days ahead');
  await expect(row(page, title)).toContainText('By hand');

  const narrowed = `${office}/subjects/${subject.split('/').at(-1)}`;
  await open(page, narrowed);
  await field(page, 'Offered here').uncheck();
  await loading(page, () => page.getByRole('button', { name: 'Save' }).click());
  await expect(row(page, title)).toContainText('Switched off');
  expect((await open(page, narrowed.replace(office, elsewhere)))?.status()).toBe(404);
  await open(administrator, `${elsewhere}/subjects`);
  await expect(row(administrator, title)).toContainText('30 minutes'); // for Ghent alone
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  // O-02
  test('a subject is added and narrowed', async ({ page, signIn, problems }) => {
    problems.expectStatus(422);
    const [title, name] = [unique('Plain subject'), unique('Plain office')];
    await signIn(page, 'ada');
    await page.goto('/subjects/new');
    await field(page, 'Duration').fill('never');
    await page.getByLabel('Question 1', { exact: true }).fill('Why?');
    await page.getByRole('button', { name: 'Create' }).click();
    await expect(field(page, 'Title')).toHaveAttribute('aria-invalid', 'true');
    await expect(field(page, 'Duration')).toHaveValue('never');
    await expect(page.getByLabel('Question 1', { exact: true })).toHaveValue('Why?');
    await field(page, 'Title').fill(title);
    await field(page, 'Duration').fill('20');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.waitForURL('**/subjects?done=subject');

    await page.goto('/offices/new');
    await field(page, 'Name').fill(name);
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('main').getByRole('link', { name }).click();
    await page.getByRole('navigation', { name: 'Pages of this office' }).getByRole('link', { name: 'Subjects' }).click();
    await row(page, title).getByRole('link').click();
    await field(page, 'Duration').fill('25');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/\/subjects\?done=saved/);
    await expect(row(page, title)).toContainText('25 minutes');
  });
});
