// The settings are everybody's: each journey puts back what it changed.
import { expect, hydrated, loading, open, test } from '../fixtures.ts';
import { add, address, field } from '../support/employees.ts';
import { mailTo } from '../support/mails.ts';
import type { Page } from '@playwright/test';

const hours = (page: Page) => page.getByLabel('Lifetime of invitations in hours');

async function save(page: Page) {
  await loading(page, () => page.getByRole('button', { name: 'Save' }).click());
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
}

//
test('the organisation’s name and the lifetime of invitations count from now on', async ({ page, signIn, server }) => {
  await signIn(page, 'ada');
  await open(page, '/settings');
  await field(page, 'Name').fill('Bank of Journeys');
  await hours(page).fill('5');
  await save(page);
  await expect(page.getByRole('banner')).toContainText('Bank of Journeys');

  const email = address('short-lived');
  await add(page, email);
  await expect(page.getByRole('main')).toContainText(`Invitation sent to ${email}, expires in 5 h`);
  expect((await mailTo(server.mail, email)).subject).toBe('Your account at Bank of Journeys');

  await open(page, '/settings');
  await field(page, 'Name').fill('Demo Bank');
  await hours(page).fill('72');
  await save(page);
  await open(page, '/audit');
  const newest = page.getByRole('listitem').first();
  await expect(newest).toContainText('Ada Lindqvist changed the settings of the organisation');
  await expect(newest.getByRole('deletion')).toHaveText(['Bank of Journeys', '5']);
});

//
test('what can’t be is refused beside its field, and nothing typed is lost', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  await signIn(page, 'ada');
  await open(page, '/settings');
  await field(page, 'Name').fill('');
  for (const wrong of ['0', '721', '-5', '2.5', 'a week', '']) {
    await hours(page).fill(wrong);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(hours(page), wrong).toHaveAccessibleDescription(/must be between 1 and 720/);
    await expect(hours(page)).toHaveValue(wrong);
    await expect(page.getByRole('alert')).toBeFocused(); // by this answer, not the one before
  }
  await expect(page.getByRole('alert')).toContainText('There are 2 problems');
  await page.getByRole('alert').getByRole('link', { name: /Name/ }).click();
  await expect(field(page, 'Name')).toBeFocused();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(hours(page)).toHaveValue('72');
  await expect(field(page, 'Name')).toHaveValue('Demo Bank');
});

// Section 9
test('the country decides what a number without one means, the language what people read who chose none', async ({ page, signIn, another }) => {
  await signIn(page, 'ada');
  await open(page, '/settings');
  await field(page, 'Country').selectOption('NL');
  await field(page, 'Language').selectOption({ label: 'Deutsch' });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Gespeichert.' })).toBeVisible();
  const lee = await another('lee');
  await open(lee, '/account');
  await expect(lee.getByRole('heading', { level: 1 })).toHaveText('Kontoeinstellungen');

  await hydrated(page);
  await field(page, 'Sprache').selectOption('en');
  await loading(page, () => page.getByRole('button', { name: 'Speichern' }).click());
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  const profile = await add(page, address('dutch'), { 'Phone number': '020 794 0800' });
  await expect(field(page, 'Phone')).toHaveValue('020 794 0800');

  await open(page, '/settings');
  await field(page, 'Country').selectOption('BE');
  await save(page);
  await open(page, profile);
  await expect(field(page, 'Phone')).toHaveValue('+31 20 794 0800');
});

// E-20
test('the second of two who change the settings is told, and loses nothing typed', async ({ page, signIn, another, problems }) => {
  problems.expectStatus(409);
  await signIn(page, 'ada');
  const second = await another('ada');
  await open(second, '/settings');
  await open(page, '/settings');
  await hours(page).fill('48');
  await save(page);

  await field(second, 'Name').fill('Second Bank');
  await second.getByRole('button', { name: 'Save' }).click();
  await expect(second.getByRole('alert')).toContainText(/Ada Lindqvist changed|Somebody else changed/);
  await expect(field(second, 'Name')).toHaveValue('Second Bank');
  await expect(hours(second)).toHaveValue('48'); // what the other saved
  await save(second);
  await expect(second.getByRole('banner')).toContainText('Second Bank');

  await field(second, 'Name').fill('Demo Bank');
  await hours(second).fill('72');
  await save(second);
});

// Section 8
test('only Administrators change the settings', async ({ page, signIn, problems }) => {
  problems.expectStatus(403);
  for (const who of ['max', 'sam', 'lee'] as const) {
    await signIn(page, who);
    expect((await open(page, '/settings'))?.status(), who).toBe(403);
    await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'General' })).toHaveCount(0);
  }
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  // E-20
  test('settings are changed by a plain form, which keeps what was refused', async ({ page, signIn, problems }) => {
    problems.expectStatus(422);
    await signIn(page, 'ada');
    await page.goto('/settings');
    await hours(page).fill('721');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(hours(page)).toHaveAttribute('aria-invalid', 'true');
    await expect(hours(page)).toHaveValue('721');
    await hours(page).fill('73');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('main')).toContainText('Saved.');
    await hours(page).fill('72');
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Save' }).click()]);
    await expect(hours(page)).toHaveValue('72');
  });
});
