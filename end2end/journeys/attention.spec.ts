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

/** The email of a customer who has an appointment in this state. */
async function customer(page: Page, state: string) {
  await open(page, `/appointments?view=list&state=${state}`);
  const first = list(page).locator('tbody a[href^="/appointments/"]').first();
  await open(page, (await first.getAttribute('href'))!);
  return (await list(page).locator('.facts a[href^="mailto:"]').first().textContent())!.trim();
}

// P-08
test('an Administrator finds what is kept of a customer, and gets it as a file', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  const email = await customer(page, 'confirmed');
  await open(page, '/customers');
  await page.getByLabel('Email of the customer').fill(email.toUpperCase());
  await page.getByRole('button', { name: 'Find' }).click();
  await page.waitForURL('**/customers?email=*');
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText(/What is kept of/i);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('customer.json');
  const stream = await download.createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const kept = JSON.parse(Buffer.concat(chunks).toString());
  expect(kept.appointments.length).toBeGreaterThan(0);
  expect(kept.appointments[0].email.toLowerCase()).toBe(email.toLowerCase());
  await open(page, '/audit');
  await expect(page.getByRole('listitem').first()).toContainText('exported a customer\'s data');
});

// P-08
test('erasing asks for the email, and is refused while something is to come', async ({ page, signIn, problems }) => {
  problems.expectStatus(409, 422);
  await signIn(page, 'ada');
  const email = await customer(page, 'requested');
  await open(page, `/customers?email=${encodeURIComponent(email)}`);
  const typed = list(page).getByRole('textbox', { name: /^Type/ });
  await typed.fill(email);
  await page.getByRole('button', { name: 'Erase customer data' }).click();
  await expect(page.getByRole('alert')).toContainText(/still to come/);
  await open(page, '/customers?email=nobody%40home.example');
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
