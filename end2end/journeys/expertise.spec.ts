// Who handles what: the matrix of an office, and the tab of an employee.
import { expect, open, reload, test } from '../fixtures.ts';
import { add, address, arrive, assign, openByEmail } from '../support/employees.ts';
import { addOffice, addSubject, officeOf, save, unique } from '../support/offices.ts';
import { people } from '../support/people.ts';
import type { Page } from '@playwright/test';

const cell = (page: Page, name: string, subject: string) =>
  page.getByRole('checkbox', { name: `${name} handles ${subject}`, exact: true });
const column = (page: Page, subject: string) => page.getByRole('columnheader').filter({ hasText: subject });

// O-03
test('a subject that nobody handles is not offered, the page says so, and a tick changes it', async ({ page, signIn, another, server }) => {
  const [name, title, email] = [unique('Lier'), unique('Expert'), address('expert')];
  await signIn(page, 'ada');
  await addSubject(page, title);
  const office = await addOffice(page, name);
  await open(page, `${office}/expertise`);
  await expect(page.getByRole('main')).toContainText('No agents in this office yet');

  const profile = await arrive(page, await another(), server.mail, email, ['Agent']);
  await assign(page, profile, `Agent in ${name}`);
  await open(page, `${office}/expertise`);
  await expect(page.getByRole('main')).toContainText(/Not offered to customers: .*Expert/);
  await expect(column(page, title)).toContainText('Nobody handles it');
  await cell(page, 'Imke Vos', title).check();
  await save(page);
  await expect(column(page, title)).toContainText('1 agent');
  await reload(page);
  await expect(cell(page, 'Imke Vos', title)).toBeChecked();

  await open(page, `${profile}/expertise`); // the same data
  const card = page.getByRole('region', { name });
  await expect(card.getByRole('checkbox', { name: title })).toBeChecked();
  await card.getByRole('checkbox', { name: title }).uncheck();
  await save(page);
  await open(page, `${office}/expertise`);
  await expect(cell(page, 'Imke Vos', title)).not.toBeChecked();
  await open(page, `${profile}/activity`);
  await expect(page.getByRole('listitem').first()).toContainText(name);
  await expect(page.getByRole('listitem').first().getByRole('deletion')).toContainText(title);
});

// O-03
test('a box ticks a whole row or column, and follows it', async ({ page, signIn }) => {
  const name = unique('Ypres');
  await signIn(page, 'ada');
  const office = await addOffice(page, name);
  const emails = [address('first'), address('second')];
  for (const email of emails) await assign(page, await add(page, email), `Agent in ${name}`);
  const [first, second] = emails as [string, string];
  await open(page, `${office}/expertise`);
  const row = page.getByRole('checkbox', { name: `All subjects for ${first}` });
  const mortgages = page.getByRole('checkbox', { name: 'Mortgage for all agents shown' });
  await row.check();
  await expect(cell(page, first, 'Mortgage')).toBeChecked();
  await expect(cell(page, first, 'Pension')).toBeChecked();
  await expect(cell(page, second, 'Pension')).not.toBeChecked();
  await expect(mortgages).not.toBeChecked();
  await mortgages.check();
  await expect(cell(page, second, 'Mortgage')).toBeChecked();
  await cell(page, first, 'Pension').uncheck();
  await expect(row).not.toBeChecked();
  await save(page);
  await reload(page);
  await expect(cell(page, first, 'Pension')).not.toBeChecked();
  await expect(cell(page, first, 'Car loan')).toBeChecked();
  await expect(cell(page, second, 'Mortgage')).toBeChecked();
  await expect(cell(page, second, 'Car loan')).not.toBeChecked();
  await expect(mortgages).toBeChecked();
});

// O-03, 3-experience "The keyboard is enough"
test('the arrow keys lead from box to box', async ({ page, signIn }) => {
  await signIn(page, 'max');
  await open(page, `${await officeOf(page, 'Ghent')}/expertise`);
  const boxes = page.locator('.matrix input[name="handles[]"]');
  await boxes.first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('[data-r="0"][data-c="1"]')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-r="1"][data-c="1"]')).toBeFocused();
  const before = await page.locator('[data-r="1"][data-c="1"]').isChecked();
  await page.keyboard.press('Space');
  await expect(page.locator('[data-r="1"][data-c="1"]')).toBeChecked({ checked: !before });
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowLeft');
  await expect(boxes.first()).toBeFocused();
});

// O-03
test('what a colleague ticks meanwhile stays', async ({ page, signIn, another }) => {
  const [name, email] = [unique('Eeklo'), address('shared')];
  await signIn(page, 'ada');
  const office = await addOffice(page, name);
  await assign(page, await add(page, email), `Agent in ${name}`);
  const second = await another('ada');
  await open(second, `${office}/expertise`);
  await open(page, `${office}/expertise`);
  await cell(page, email, 'Mortgage').check();
  await save(page);
  await cell(second, email, 'Pension').check();
  await save(second);
  await reload(second);
  await expect(cell(second, email, 'Mortgage')).toBeChecked();
  await expect(cell(second, email, 'Pension')).toBeChecked();
});

// O-03, section 8
test('agents read what they handle, and managers see of it what concerns their office', async ({ page, signIn, another, problems }) => {
  problems.expectStatus(403, 404);
  const administrator = await another('ada');
  const sam = await openByEmail(administrator, '/employees', people.sam.email);
  const [ghent, antwerp] = [await officeOf(administrator, 'Ghent'), await officeOf(administrator, 'Antwerp')];

  await signIn(page, 'sam');
  await open(page, `${sam}/expertise`);
  await expect(page.getByRole('region', { name: 'Ghent' })).toContainText('Mortgage');
  await expect(page.getByRole('region', { name: 'Antwerp' })).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  expect((await open(page, `${ghent}/expertise`))?.status()).toBe(403);

  const manager = await another('max');
  await open(manager, `${sam}/expertise`);
  await expect(manager.getByRole('region', { name: 'Ghent' }).getByRole('checkbox', { name: 'Mortgage' })).toBeChecked();
  await expect(manager.getByRole('region', { name: 'Antwerp' })).toHaveCount(0);
  expect((await open(manager, `${antwerp}/expertise`))?.status()).toBe(404);
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  // O-03
  test('boxes are ticked and saved', async ({ page, signIn }) => {
    await signIn(page, 'max');
    await page.goto('/offices');
    await page.getByRole('main').getByRole('link', { name: 'Ghent' }).click();
    await page.getByRole('link', { name: 'Expertise' }).click();
    await expect(page.getByRole('checkbox', { name: /All subjects for/ }).first()).toBeHidden();
    await page.getByRole('searchbox').fill('sam@');
    await page.getByRole('button', { name: 'Search' }).click();
    const loans = cell(page, 'Sam Okonkwo', 'Business loan');
    await expect(loans).not.toBeChecked();
    await loans.check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('main')).toContainText('Saved.');
    await expect(loans).toBeChecked();
    await loans.uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('main')).toContainText('Saved.');
  });
});
