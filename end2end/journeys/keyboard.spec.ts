import type { Locator, Page } from '@playwright/test';
import { expect, hydrated, open, test } from '../fixtures.ts';
import { address, field, rows } from '../support/employees.ts';
import { password, people } from '../support/people.ts';

/** Presses Tab until `target` has the focus: what can't be reached so can't be used by keyboard. */
async function tabTo(page: Page, target: Locator) {
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${target} can't be reached with Tab`);
}

test('sign in, add, suspend and delete by keyboard alone', async ({ page }) => {
  const email = address('keys');
  await open(page, '/sign-in');
  await tabTo(page, page.getByLabel('Email'));
  await page.keyboard.type(people.ada.email);
  await page.keyboard.press('Enter');
  await page.getByLabel('Password').waitFor();
  await tabTo(page, page.getByLabel('Password'));
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname !== '/sign-in');

  await open(page, '/employees');
  await page.keyboard.press('n');
  await page.waitForURL('**/employees/new');
  await tabTo(page, field(page, 'Email'));
  await page.keyboard.type(email);
  await tabTo(page, field(page, 'Agent'));
  await page.keyboard.press('Space');
  await tabTo(page, page.getByRole('button', { name: 'Create' }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/employees\/[0-9a-f-]{36}\b/);
  await hydrated(page);

  await tabTo(page, field(page, 'Active'));
  await page.keyboard.press('Space');
  await tabTo(page, page.getByRole('button', { name: 'Save' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toContainText('Suspended');

  await tabTo(page, page.getByRole('link', { name: 'Delete employee' }));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/delete');
  await hydrated(page);
  await tabTo(page, page.getByRole('main').getByRole('textbox', { name: /email/i }));
  await page.keyboard.type(email);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/employees*');
});

test('the list has keys of its own, and says which', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await open(page, '/employees');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await expect(rows(page).first()).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/employees\/[0-9a-f-]{36}\b/);
});

test('the first Tab offers to skip to the content', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await open(page, '/employees');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
});
