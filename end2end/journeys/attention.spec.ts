import { expect, open, test } from '../fixtures.ts';
import { nextWeek } from '../support/booking.ts';
import { address, field } from '../support/employees.ts';
import type { Page } from '@playwright/test';

const list = (page: Page) => page.getByRole('main');

/** Asks for an appointment that is confirmed by hand, as a customer of this name: Mortgage in Antwerp. Answers with their email. */
async function request(page: Page, name: string) {
  const email = address('asks');
  await page.goto('/book?subject=mortgage&office=ANR');
  if ((await page.getByRole('heading', { level: 1 }).textContent()) === 'With whom?') {
    await page.getByRole('link', { name: 'Anybody who is free' }).click();
  }
  await nextWeek(page);
  await page.locator('.times button').first().click();
  await field(page, 'Your name').fill(name);
  await field(page, 'Your email').fill(email);
  for (const question of await page.locator('textarea[name^="answer-"]').all()) await question.fill('Yes, thank you');
  await page.getByRole('button', { name: 'Book' }).click();
  await page.waitForURL(/\/book\/appointment\/[^/?]+\?done=booked/);
  await expect(page.getByRole('status')).toContainText('We got your request');
  return email;
}

// P-09, section 8
test('an Office Manager sees on the phone what needs attention, and opens what mends it', async ({ page, signIn }) => {
  await page.setViewportSize({ width: 360, height: 720 });
  await signIn(page, 'max');
  await page.goto('/account');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Attention' }).click();
  await page.waitForURL('**/attention');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Needs attention');
  const lines = list(page).getByRole('listitem');
  const calendar = lines.filter({ hasText: 'calendar.demo.invalid' }); // Sam's, of whom Max is the manager
  await expect(calendar).toBeVisible();
  for (const line of await lines.all()) {
    const size = await line.boundingBox();
    expect(size!.height).toBeGreaterThanOrEqual(44);
  }
  await calendar.getByRole('link').first().click();
  await page.waitForURL('**/calendars');
});

// P-09, P-02
test('a request is confirmed right in the list, and is gone from it', async ({ page, signIn, another }) => {
  const name = `Rita ${address('requests')}`;
  await request(await another(), name);
  await signIn(page, 'ada');
  await open(page, '/attention');
  const line = page.getByRole('region', { name: 'To confirm' }).getByRole('listitem').filter({ hasText: name });
  await line.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText('The appointment is confirmed.')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: name })).toHaveCount(0);
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

/** Opens what is kept of a customer. */
async function find(page: Page, who: string) {
  await open(page, '/customers');
  await page.getByLabel('Email or phone of the customer').fill(who);
  await page.getByRole('button', { name: 'Find' }).click();
}

// P-08
test('an Administrator finds what is kept of a customer, and gets it as a file', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  await signIn(page, 'ada');
  const email = await customer(page, 'confirmed');
  await open(page, '/customers');
  const who = page.getByLabel('Email or phone of the customer');
  await who.fill('nobody@home.example');
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(who).toHaveAttribute('aria-invalid', 'true');
  await who.fill(email.toUpperCase());
  await page.getByRole('button', { name: 'Find' }).click();
  // Neither address nor history says who it was.
  await page.waitForURL(/customers\?of=[0-9a-f-]+$/);
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
test('erasing asks for the email, is refused while something is to come, and leaves nothing', async ({ page, signIn, another, problems }) => {
  problems.expectStatus(409, 422);
  const customer = await another();
  const email = await request(customer, 'Erik Erased');
  await signIn(page, 'ada');
  await find(page, email);
  await expect(list(page)).toContainText('Erik Erased');
  const typed = list(page).getByRole('textbox', { name: /^Type/ });
  const erase = page.getByRole('button', { name: 'Erase customer data' });
  await typed.fill(email);
  await erase.click();
  await expect(page.getByRole('alert')).toContainText(/still to come/);

  await customer.getByText('Cancel the appointment').first().click();
  await customer.getByRole('button', { name: 'Yes, cancel it' }).click();
  await customer.waitForURL(/done=cancelled/);
  await find(page, email);
  await typed.fill('somebody@else.example');
  await erase.click();
  await expect(typed).toHaveAttribute('aria-invalid', 'true');
  await typed.fill(email);
  await erase.click();
  await expect(page.getByText('The customer’s data was erased.')).toBeVisible();
  await find(page, email);
  await expect(page.getByRole('alert')).toContainText('no appointment with this email or number');
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
  test('the list is there, and a request is confirmed', async ({ page, signIn, another }) => {
    const name = `Rita ${address('plain')}`;
    await request(await another(), name);
    await signIn(page, 'ada');
    await page.goto('/attention');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Needs attention');
    const line = page.getByRole('listitem').filter({ hasText: name });
    await line.getByRole('button', { name: 'Confirm' }).click();
    await page.waitForURL(/\/appointments\/[0-9a-f-]{36}\?done=appointment-confirmed/);
    await expect(page.getByText('The appointment is confirmed.')).toBeVisible();
  });
});
