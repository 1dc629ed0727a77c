import { expect, open, test } from '../fixtures.ts';
import type { Page } from '@playwright/test';

const list = (page: Page) => page.getByRole('main');

// P-09, section 8
test('an Office Manager sees on the phone what needs attention, and opens what mends it', async ({ page, signIn }) => {
  await page.setViewportSize({ width: 360, height: 720 });
  await signIn(page, 'max');
  await page.goto('/account');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Attention' }).click();
  await page.waitForURL('**/attention');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Needs attention');
  const lines = list(page).getByRole('listitem');
  const empty = list(page).getByText('Nothing needs attention');
  await expect(lines.first().or(empty)).toBeVisible();
  for (const line of await lines.all()) {
    const size = await line.boundingBox();
    expect(size!.height).toBeGreaterThanOrEqual(44);
  }
});

// P-09, P-02
test('a request is confirmed right in the list, and is gone from it', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await open(page, '/attention');
  const requests = page.getByRole('region', { name: /To confirm/ });
  const buttons = requests.getByRole('button', { name: /^Confirm/ });
  const before = await buttons.count();
  test.skip(before === 0, 'nothing waits in the demo');
  const name = (await buttons.first().getAttribute('aria-label'))!;
  await buttons.first().click();
  await expect(page.getByText('The appointment is confirmed.')).toBeVisible();
  await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0);
  await expect(buttons).toHaveCount(before - 1);
});

// P-09, section 8
test('whom nothing can concern has no such page', async ({ page, signIn, problems }) => {
  problems.expectStatus(403);
  await signIn(page, 'lee');
  await page.goto('/account');
  const main = page.getByRole('navigation', { name: 'Main' });
  await expect(main.getByRole('link', { name: 'Attention' })).toHaveCount(0);
  expect((await open(page, '/attention'))?.status()).toBe(403);
});

// P-07, P-09
test('everybody chooses which mails of the morning they get', async ({ page, signIn }) => {
  await signIn(page, 'sam');
  await open(page, '/account');
  const day = page.getByLabel('Mail me my day');
  await expect(day).toHaveValue('');
  await day.selectOption('No');
  await page.getByLabel('Mail me what needs attention').selectOption('Yes');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL('**/account?done=saved');
  await expect(day).toHaveValue('off');
  await expect(page.getByLabel('Mail me what needs attention')).toHaveValue('on');
  await day.selectOption('');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(day).toHaveValue('');
});

// P-08
test('an Administrator finds what is kept of a customer, gets it as a file, and erases it', async ({ page, signIn, problems }) => {
  problems.expectStatus(409, 422);
  await signIn(page, 'ada');
  // Somebody who came once, and of whom nothing is to come: the past of the demo has them.
  await open(page, '/appointments');
  await open(page, '/customers?email=nobody%40home.example');
  await expect(list(page)).toContainText('Nothing is kept');
  await page.getByLabel('Email of the customer').fill('somebody@else.example');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.waitForURL('**/customers?email=somebody%40else.example');
  await expect(list(page)).toContainText('Nothing is kept');
});

// P-08, section 8
test('nobody but Administrators sees what is kept of customers', async ({ page, signIn, problems }) => {
  problems.expectStatus(403);
  await signIn(page, 'max');
  expect((await open(page, '/customers'))?.status()).toBe(403);
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  // P-09
  test('the list is there, and a request is confirmed', async ({ page, signIn }) => {
    await signIn(page, 'ada');
    await page.goto('/attention');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Needs attention');
    const button = page.getByRole('button', { name: /^Confirm/ }).first();
    test.skip((await button.count()) === 0, 'nothing waits in the demo');
    await button.click();
    await page.waitForURL(/\/appointments\/[0-9a-f-]{36}\?done=appointment-confirmed/);
    await expect(page.getByText('The appointment is confirmed.')).toBeVisible();
  });
});
