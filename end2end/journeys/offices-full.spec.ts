// An office in full: what customers read of it, when it is open, and how it goes.
import { expect, open, reload, rereading, test } from '../fixtures.ts';
import { add, address, assign, field, section } from '../support/employees.ts';
import { addOffice, officeOf, save, unique } from '../support/offices.ts';
import type { Page } from '@playwright/test';

const block = (page: Page, day: string, number: number, end: 'from' | 'until') =>
  page.getByLabel(`${day}, block ${number}, ${end}`, { exact: true });

// O-01
test('what is said of an office is kept, and shown as people of the country write it', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  await signIn(page, 'ada');
  const office = await addOffice(page, unique('Leuven'));
  await open(page, office);
  const said = {
    Description: 'Near the station.',
    'External ID': unique('LEU'),
    Email: 'leuven@demo.example',
    'Phone number': '016 12 34 56',
    Address: 'Bondgenotenlaan 1\n3000 Leuven',
    Directions: 'Five minutes on foot.',
    Parking: 'Under the station.',
  };
  for (const [label, value] of Object.entries(said)) await field(page, label).fill(value);
  await field(page, 'Virtual office').check();
  await field(page, 'Time zone').selectOption('Europe/London');
  await field(page, 'Phone number').fill('letters');
  await field(page, 'Email').fill('nobody');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText('There are 2 problems');
  await expect(field(page, 'Address')).toHaveValue(said.Address); // nothing typed is lost
  await field(page, 'Phone number').fill(said['Phone number']);
  await field(page, 'Email').fill(said.Email);
  await save(page);

  await reload(page);
  for (const [label, value] of Object.entries(said)) await expect(field(page, label)).toHaveValue(value);
  await expect(field(page, 'Virtual office')).toBeChecked();
  await expect(field(page, 'Time zone')).toHaveValue('Europe/London');
});

// O-01: two offices can't have the same External ID
test('an External ID is given to one office', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  await signIn(page, 'ada');
  await open(page, await addOffice(page, unique('Tienen')));
  await field(page, 'External ID').fill('GNT');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(field(page, 'External ID')).toHaveAccessibleDescription(/already in use/);
});

// O-01, case 13
test('opening hours have several blocks a day, and what can’t be is refused', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  await signIn(page, 'ada');
  await open(page, await addOffice(page, unique('Diest')));
  await page.getByRole('link', { name: 'Opening hours' }).click();
  await expect(page).toHaveURL(/\/hours$/);
  await block(page, 'Monday', 1, 'from').fill('09:00');
  await block(page, 'Monday', 1, 'until').fill('12:30');
  await block(page, 'Monday', 2, 'from').fill('12:00');
  await block(page, 'Monday', 2, 'until').fill('17:00');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText('Opening hours overlap');
  await expect(block(page, 'Monday', 2, 'from')).toHaveValue('12:00');
  await block(page, 'Monday', 2, 'from').fill('13:30');
  await block(page, 'Friday', 1, 'from').fill('22:00');
  await block(page, 'Friday', 1, 'until').fill('02:00');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText('not go over midnight');
  await block(page, 'Friday', 1, 'until').fill('00:00');
  await save(page);

  await reload(page);
  await expect(block(page, 'Monday', 1, 'until')).toHaveValue('12:30');
  await expect(block(page, 'Monday', 2, 'from')).toHaveValue('13:30');
  await expect(block(page, 'Monday', 3, 'from')).toHaveValue(''); // room for one more
  await expect(block(page, 'Friday', 1, 'until')).toHaveValue('00:00');
  await open(page, '/audit');
  await expect(page.getByRole('listitem').first()).toContainText('Mon 09:00–12:30, Mon 13:30–17:00, Fri 22:00–24:00');
});

// O-01
test('closing days are a range with a reason, and one that is emptied is gone', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  await signIn(page, 'ada');
  const office = await addOffice(page, unique('Halle'));
  await open(page, `${office}/hours`);
  await page.getByLabel('First day closed, 1').fill('2030-12-26');
  await page.getByLabel('Last day closed, 1').fill('2030-12-24');
  await page.getByLabel('Reason, 1').fill('Holidays');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText('the end lies before the beginning');
  await page.getByLabel('First day closed, 1').fill('2030-12-24');
  await page.getByLabel('Last day closed, 1').fill('2030-12-26');
  await page.getByLabel('First day closed, 2').fill('2030-05-01');
  await save(page);

  await reload(page);
  await expect(page.getByLabel('First day closed, 1')).toHaveValue('2030-05-01'); // in their order
  await expect(page.getByLabel('Last day closed, 1')).toHaveValue('2030-05-01');
  await expect(page.getByLabel('Reason, 2')).toHaveValue('Holidays');
  for (const label of ['First day closed, 2', 'Last day closed, 2', 'Reason, 2']) await page.getByLabel(label).fill('');
  await save(page);
  await reload(page);
  await expect(page.getByLabel('First day closed, 2')).toHaveValue('');
});

// O-01
test('an office is deleted with everybody’s roles in it, once its name was typed', async ({ page, signIn, problems }) => {
  problems.expectStatus(404, 422);
  const name = unique('Mol');
  await signIn(page, 'ada');
  const office = await addOffice(page, name);
  const profile = await add(page, address('leaving'));
  await assign(page, profile, `Agent in ${name}`);
  await open(page, office);
  await page.getByRole('link', { name: 'Delete office' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Delete ${name}?`);
  await expect(page.getByRole('main')).toContainText('1 employee loses their role in it.');
  const confirm = page.getByLabel(`Type the name ${name} to confirm`);
  await confirm.fill('something else');
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await expect(confirm).toHaveAccessibleDescription(/does not match/);
  await confirm.fill(name);
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await page.waitForURL('**/offices?done=office-deleted');
  await expect(page.getByRole('status').filter({ hasText: 'The office was deleted.' })).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText(name);
  expect((await open(page, office))?.status()).toBe(404);
  await open(page, profile);
  await expect(section(page, 'Assigned offices').getByRole('listitem')).toHaveCount(0);
});

// O-01: the other way out
test('an office is deactivated instead of deleted', async ({ page, signIn }) => {
  const name = unique('Geel');
  await signIn(page, 'ada');
  const office = await addOffice(page, name);
  await open(page, `${office}/delete`);
  await page.getByRole('button', { name: `Deactivate ${name}` }).click();
  await page.waitForURL(`**${office}?done=saved`);
  await expect(field(page, 'Active')).not.toBeChecked();
});

// O-01, section 8
test('an Office Manager opens their office at other times, and deletes none', async ({ page, signIn, problems }) => {
  problems.expectStatus(403);
  await signIn(page, 'max');
  const office = await officeOf(page, 'Ghent');
  await open(page, office);
  await expect(page.getByRole('link', { name: 'Delete office' })).toHaveCount(0);
  expect((await open(page, `${office}/delete`))?.status()).toBe(403);
  await open(page, `${office}/hours`);
  await expect(block(page, 'Saturday', 1, 'until')).toHaveValue('12:00');
  await block(page, 'Saturday', 1, 'until').fill('13:00');
  await rereading(page, () => save(page));
  await block(page, 'Saturday', 1, 'until').fill('12:00');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: 'Save' })).toBeHidden();
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  // O-01
  test('opening hours are saved, and come back with everything typed', async ({ page, signIn, problems }) => {
    problems.expectStatus(422);
    const name = unique('Plain');
    await signIn(page, 'ada');
    await page.goto('/offices/new');
    await field(page, 'Name').fill(name);
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('main').getByRole('link', { name }).click();
    await page.getByRole('link', { name: 'Opening hours' }).click();
    await block(page, 'Monday', 1, 'from').fill('17:00');
    await block(page, 'Monday', 1, 'until').fill('09:00');
    await page.getByLabel('Reason, 1').fill('Holidays');
    await page.getByLabel('First day closed, 1').fill('2030-12-24');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('alert')).toContainText('ends before it begins');
    await expect(block(page, 'Monday', 1, 'from')).toHaveValue('17:00');
    await expect(page.getByLabel('Reason, 1')).toHaveValue('Holidays');
    await block(page, 'Monday', 1, 'from').fill('08:00');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('main')).toContainText('Saved.');
    await expect(block(page, 'Monday', 1, 'from')).toHaveValue('08:00');
    await expect(page.getByLabel('Last day closed, 1')).toHaveValue('2030-12-24');
  });
});
