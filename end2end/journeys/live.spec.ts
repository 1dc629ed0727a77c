import type { Page } from '@playwright/test';
import { expect, hydrated, open, test } from '../fixtures.ts';
import { activate, add, address, assign, chosenPassword, field, rows, switchAndSave } from '../support/employees.ts';
import { openTeam, people, signInByForm } from '../support/people.ts';

/** The list, narrowed to one person; what happens to it from now on, nobody touches it. */
async function watch(page: Page, email: string, count = 1) {
  await page.getByRole('searchbox').fill(email);
  await expect(rows(page)).toHaveCount(count);
  return page.getByRole('row').filter({ hasText: email });
}

// E-15, 3-experience "It is alive"
test('a list changes when somebody else changes what it shows', async ({ page, signIn, another }) => {
  const email = address('alive');
  await signIn(page, 'ada');
  await open(page, '/employees');
  await page.getByRole('searchbox').fill(email);
  await expect(rows(page)).toHaveCount(0);

  const other = await another('ada');
  const profile = await add(other, email);
  const row = page.getByRole('row').filter({ hasText: email });
  await expect(row).toContainText('Pending');
  await switchAndSave(other, 'Active', false);
  await expect(row).toContainText('Suspended');
  await assign(other, profile, 'Agent in Ghent');
  await expect(row).toContainText('Ghent');
  await expect(page.getByRole('searchbox')).toHaveValue(email);

  await open(other, `${profile}/delete`);
  await other.getByRole('textbox', { name: /email/i }).fill(email);
  await other.getByRole('button', { name: /^Delete/ }).click();
  await expect(rows(page)).toHaveCount(0);
});

// E-19
test('the team of a manager changes when an Administrator brings somebody in, or takes them out', async ({ page, signIn, another }) => {
  const email = address('member');
  const administrator = await another('ada');
  const profile = await add(administrator, email);
  await signIn(page, 'max');
  await openTeam(page);
  await hydrated(page);
  await watch(page, email, 0);

  await assign(administrator, profile, 'Agent in Ghent');
  await expect(rows(page)).toHaveCount(1);
  await open(administrator, `${profile}?edit=offices`);
  await administrator.getByRole('checkbox', { name: 'Agent in Ghent' }).uncheck();
  await administrator.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(rows(page)).toHaveCount(0);
});

// E-15, case 11
test('the open page of somebody who is suspended is led to the sign-in', async ({ page, signIn, another, server, problems }) => {
  problems.expectStatus(401);
  const email = address('interrupted');
  await signIn(page, 'ada');
  const profile = await add(page, email);
  const [desk, sofa] = [await another(), await another()];
  await activate(desk, server.mail, email);
  await signInByForm(sofa, email, chosenPassword);
  await open(desk, '/account');
  await open(sofa, '/account');

  await open(page, profile);
  await switchAndSave(page, 'Active', false);
  await expect(desk).toHaveURL(/\/sign-in/);
  await expect(sofa).toHaveURL(/\/sign-in/);
  await expect(desk.getByRole('main')).not.toContainText(email);
});

// E-16, case 5
test('the open page of somebody who is deleted is led to the sign-in', async ({ page, signIn, another, server, problems }) => {
  problems.expectStatus(401);
  const email = address('vanished');
  await signIn(page, 'ada');
  const profile = await add(page, email);
  const own = await another();
  await activate(own, server.mail, email);
  await open(own, '/account');
  await open(page, `${profile}/delete`);
  await page.getByRole('textbox', { name: /email/i }).fill(email);
  await page.getByRole('button', { name: /^Delete/ }).click();
  await expect(own).toHaveURL(/\/sign-in/);
});

//
test('signed out in one tab, the other is led to the sign-in', async ({ page }) => {
  await signInByForm(page, people.ada.email);
  const tab = await page.context().newPage();
  await open(tab, '/employees');
  await open(page, '/account');
  await page.getByRole('button', { name: /Ada/ }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(tab).toHaveURL(/\/sign-in/);
  await expect(tab.getByRole('main')).not.toContainText(people.sam.email);
});

// E-20
test('what somebody types is not touched by what others change', async ({ page, signIn, another }) => {
  await signIn(page, 'ada');
  const profile = await add(page, address('typing'), { 'First name': 'Tine' });
  const list = await another('ada');
  await open(list, '/employees');
  const other = await another('ada');
  await open(other, profile);
  await field(page, 'Last name').fill('Half a na');
  await list.getByRole('searchbox').pressSequentially('tin');

  await field(other, 'First name').fill('Tina');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(list.locator(`a[href="${profile}"]`)).toContainText('Tina');
  await expect(list.getByRole('searchbox')).toHaveValue('tin');
  await expect(list.getByRole('searchbox')).toBeFocused();
  await expect(field(page, 'Last name')).toHaveValue('Half a na');
});

// 3-experience "Nothing is lost"
test('what somebody types survives the end of their session, and is saved after signing in again', async ({ page, signIn, another, server, problems }) => {
  problems.expectStatus(401);
  const email = address('expired');
  await signIn(page, 'ada');
  await add(page, email);
  const [desk, sofa] = [await another(), await another()];
  await activate(desk, server.mail, email);
  await signInByForm(sofa, email, chosenPassword);
  await open(sofa, '/account');
  await open(desk, '/account');
  await field(desk, 'Function').fill('Half a sentence');
  await sofa.getByRole('button', { name: 'Sign out everywhere else' }).click();

  const dialog = desk.getByRole('dialog', { name: 'Sign in again' });
  await dialog.getByLabel('Password').fill(chosenPassword);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toBeHidden();
  await expect(field(desk, 'Function')).toHaveValue('Half a sentence');
  await desk.getByRole('button', { name: 'Save' }).click();
  await desk.waitForURL('**/account?done=saved');
  await expect(field(desk, 'Function')).toHaveValue('Half a sentence');
});
