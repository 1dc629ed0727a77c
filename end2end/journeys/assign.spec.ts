import type { Page } from '@playwright/test';
import { expect, open, reload, rereading, test } from '../fixtures.ts';
import { add, address, assign, create, field, section, switchAndSave } from '../support/employees.ts';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Assigned offices' });
const tick = (page: Page, name: string) => dialog(page).getByRole('checkbox', { name });
const save = (page: Page) => dialog(page).getByRole('button', { name: 'Save' }).click();
const offices = (page: Page) => section(page, 'Assigned offices').getByRole('listitem');

// E-12, E-13
test('the roles somebody was to have are asked for in the dialog, and given in offices', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await add(page, address('wanted'), { 'First name': 'Wannes' }, ['Agent', 'Office Manager']);
  await expect(section(page, 'Assigned offices')).toContainText('Wanted: Agent, Office Manager');

  await section(page, 'Assigned offices').getByRole('link', { name: 'Edit' }).click();
  await expect(page).toHaveURL(/\?edit=offices$/);
  await expect(dialog(page)).toContainText('Wannes is to be Agent, Office Manager. In which offices?');
  await tick(page, 'Agent in Ghent').check();
  await tick(page, 'Office Manager in Antwerp').check();
  await save(page);
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect(offices(page)).toHaveText([/Antwerp\s*Office Manager/, /Ghent\s*Agent/]);
  await expect(section(page, 'Assigned offices')).not.toContainText('Wanted');

  await reload(page);
  await expect(offices(page)).toHaveText([/Antwerp\s*Office Manager/, /Ghent\s*Agent/]);
  await expect(field(page, 'Agent')).toBeChecked();
  await expect(field(page, 'Office Manager')).toBeChecked();
});

// 3-experience "Employee page": a small grid of offices × roles with search
test('the search of the dialog shows the offices that have it, and what is ticked elsewhere stays', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  const profile = await add(page, address('searched'));
  await open(page, `${profile}?edit=offices`);
  const search = dialog(page).getByRole('searchbox', { name: 'Search offices' });
  await tick(page, 'Agent in Ghent').check();
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await search.fill('ÓNLÍNE');
  await expect(dialog(page).getByRole('rowheader')).toHaveText(['Online office']);
  await tick(page, 'Agent in Online office').check();
  await search.fill('nowhere');
  await expect(dialog(page).getByRole('rowheader')).toHaveCount(0);
  await expect(dialog(page)).toContainText('No office has this in its name');
  await save(page);
  await expect(offices(page)).toHaveText([/Ghent\s*Agent/, /Online office\s*Agent/]);
});

// E-14
test('a role that is switched on asks in which offices', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  const profile = await add(page, address('promoted'), { 'First name': 'Petra' });
  await assign(page, profile, 'Agent in Ghent');

  await open(page, profile);
  await switchAndSave(page, 'Office Manager', true);
  await expect(dialog(page)).toContainText('Petra is to be Office Manager. In which offices?');
  await expect(tick(page, 'Agent in Ghent')).toBeChecked();
  await tick(page, 'Office Manager in Ghent').check();
  await save(page);
  await expect(offices(page)).toHaveText([/Ghent\s*Agent, Office Manager/]);
});

// E-14
test('a role that is switched off says from which offices, and goes from each of them', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  const profile = await add(page, address('demoted'));
  await assign(page, profile, 'Agent in Ghent', 'Agent in Antwerp', 'Office Manager in Antwerp');

  await open(page, profile);
  await expect(field(page, 'Agent')).toHaveAccessibleDescription(/In Antwerp, Ghent\. Switched off/);
  await switchAndSave(page, 'Agent', false);
  await expect(offices(page)).toHaveText([/Antwerp\s*Office Manager/]);
  await expect(field(page, 'Agent')).not.toBeChecked();
});

// E-12
test('the last office is taken away in the dialog too', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  const profile = await add(page, address('homeless'));
  await assign(page, profile, 'Agent in Ghent');
  await open(page, `${profile}?edit=offices`);
  await tick(page, 'Agent in Ghent').uncheck();
  await save(page);
  await expect(section(page, 'Assigned offices')).toContainText('not assigned to an office yet');
  await expect(field(page, 'Agent')).not.toBeChecked();
});

// E-12
test('closed without saving, the dialog changes nothing', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  const profile = await add(page, address('undecided'));
  const ways = [
    () => page.keyboard.press('Escape'),
    () => dialog(page).getByRole('link', { name: 'Cancel' }).click(),
    () => dialog(page).getByRole('link', { name: 'Close' }).click(),
  ];
  for (const close of ways) {
    await open(page, `${profile}?edit=offices`);
    await expect(tick(page, 'Agent in Ghent')).not.toBeChecked();
    await tick(page, 'Agent in Ghent').check();
    await close();
    await expect(dialog(page)).toBeHidden();
    await expect(page).toHaveURL(new RegExp(`${profile}$`));
  }
  await expect(offices(page)).toHaveCount(0);
});

// E-12, E-14, case 8
test('an Office Manager assigns only in the offices they manage, and leaves the others untouched', async ({ page, signIn, another }) => {
  const administrator = await another('ada');
  const profile = await add(administrator, address('shared'));
  await assign(administrator, profile, 'Agent in Ghent', 'Agent in Antwerp');

  await signIn(page, 'max');
  await open(page, profile);
  await expect(offices(page)).toHaveText([/Ghent\s*Agent/]);
  await section(page, 'Assigned offices').getByRole('link', { name: 'Edit' }).click();
  await expect(dialog(page).getByRole('checkbox')).toHaveCount(2);
  await tick(page, 'Office Manager in Ghent').check();
  await save(page);
  await expect(offices(page)).toHaveText([/Ghent\s*Agent, Office Manager/]);

  await open(administrator, profile);
  await expect(offices(administrator)).toHaveText([/Antwerp\s*Agent/, /Ghent\s*Agent, Office Manager/]);
});

// Case 8
test('whom an Office Manager takes out of their only office, they lead no more', async ({ page, signIn, another, problems }) => {
  problems.expectStatus(404);
  const administrator = await another('ada');
  const profile = await add(administrator, address('handed-over'));
  await assign(administrator, profile, 'Agent in Ghent', 'Agent in Antwerp');

  await signIn(page, 'max');
  await open(page, `${profile}?edit=offices`);
  await tick(page, 'Agent in Ghent').uncheck();
  await save(page);
  await expect(dialog(page)).toBeHidden();
  await open(administrator, profile);
  await expect(offices(administrator)).toHaveText([/Antwerp\s*Agent/]);
  expect((await open(page, profile))?.status()).toBe(404);
});

// E-20
test('the second of two who assign is told what changed, and saves then', async ({ page, signIn, another, problems }) => {
  problems.expectStatus(409);
  await signIn(page, 'ada');
  const profile = await add(page, address('contested'));
  const second = await another('ada');
  await open(second, `${profile}?edit=offices`);
  await tick(second, 'Agent in Antwerp').check();
  await assign(page, profile, 'Agent in Ghent');

  await rereading(second, () => save(second));
  await expect(dialog(second).getByRole('alert')).toContainText('Ada Lindqvist changed');
  await expect(tick(second, 'Agent in Antwerp')).toBeChecked();
  await tick(second, 'Agent in Ghent').check();
  await save(second);
  await expect(dialog(second)).toBeHidden();
  await expect(offices(second)).toHaveText([/Antwerp\s*Agent/, /Ghent\s*Agent/]);
});

test('the dialog takes the focus, and gives it back', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await add(page, address('focus'));
  const edit = section(page, 'Assigned offices').getByRole('link', { name: 'Edit' });
  await edit.focus();
  await page.keyboard.press('Enter');
  await expect(dialog(page).locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(edit).toBeFocused();
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  // E-12, E-13
  test('offices are assigned and taken away', async ({ page, signIn, call }) => {
    await signIn(page, 'ada');
    await page.goto(await create(call, page, { email: address('plain'), first_name: 'Pleun', 'roles[]': 'agent' }));
    await section(page, 'Assigned offices').getByRole('link', { name: 'Edit' }).click();
    await expect(dialog(page)).toContainText('Pleun is to be Agent. In which offices?');
    await tick(page, 'Agent in Ghent').check();
    await tick(page, 'Agent in Antwerp').check();
    await save(page);
    await expect(dialog(page)).toBeHidden();
    await expect(offices(page)).toHaveText([/Antwerp\s*Agent/, /Ghent\s*Agent/]);

    await section(page, 'Assigned offices').getByRole('link', { name: 'Edit' }).click();
    await tick(page, 'Agent in Antwerp').uncheck();
    await save(page);
    await expect(offices(page)).toHaveText([/Ghent\s*Agent/]);
  });

  // E-14
  test('a role that is switched on asks in which offices', async ({ page, signIn, call }) => {
    await signIn(page, 'ada');
    await page.goto(await create(call, page, { email: address('plainly') }));
    await switchAndSave(page, 'Agent', true);
    await tick(page, 'Agent in Ghent').check();
    await save(page);
    await expect(offices(page)).toHaveText([/Ghent\s*Agent/]);
  });

  // E-20
  test('the second of two who assign is told what changed, and keeps the ticks', async ({ page, signIn, another, call, problems }) => {
    problems.expectStatus(409);
    await signIn(page, 'ada');
    const profile = await create(call, page, { email: address('contested') });
    const second = await another('ada');
    await page.goto(`${profile}?edit=offices`);
    await second.goto(`${profile}?edit=offices`);
    await tick(page, 'Agent in Ghent').check();
    await save(page);

    await tick(second, 'Agent in Antwerp').check();
    await save(second);
    await expect(dialog(second).getByRole('alert')).toContainText('Ada Lindqvist changed');
    await expect(tick(second, 'Agent in Antwerp')).toBeChecked();
    await tick(second, 'Agent in Ghent').check();
    await save(second);
    await expect(offices(second)).toHaveText([/Antwerp\s*Agent/, /Ghent\s*Agent/]);
  });
});
