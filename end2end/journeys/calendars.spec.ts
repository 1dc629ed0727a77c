// Synchronized calendars (O-06), with a real CalDAV server.
import { expect, open, reload, test as base } from '../fixtures.ts';
import { startCaldav, type CalendarServer } from '../support/caldav.ts';
import { field, openByEmail, rows } from '../support/employees.ts';
import type { Page } from '@playwright/test';

const test = base.extend<{ caldav: CalendarServer }>({
  caldav: async ({}, use) => {
    const server = await startCaldav();
    await use(server);
    await server.stop();
  },
});

// The calendar server of this machine is an inward address.
test.use({ settings: { STAFFROOM_INWARD_ADDRESSES: 'true' } });

/** Sam's page of calendars, for `page`; `ada` finds it. */
async function openCalendars(page: Page, ada: Page) {
  const profile = await openByEmail(ada, '/employees', 'sam@demo.example');
  await open(page, `${profile}/calendars`);
}

async function link(page: Page, caldav: CalendarServer, password = 'secret') {
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Link calendar' }) });
  await form.getByLabel('Calendar address').fill(caldav.url);
  await form.getByLabel('User name').fill('sam');
  await form.getByLabel('Password').fill(password);
  await form.getByRole('button', { name: 'Link calendar' }).click();
}

const card = (page: Page, name: string) => page.getByRole('region', { name });

// O-06
test('an agent links an account, switches its calendars, and unlinks it', async ({ page, caldav, signIn, another, problems }) => {
  problems.expectStatus(422);
  await signIn(page, 'sam');
  await openCalendars(page, await another('ada'));
  await link(page, caldav, 'wrong');
  await expect(page.getByRole('alert')).toContainText('does not accept this user name and password');
  await link(page, caldav);
  const linked = card(page, '127.0.0.1');
  await expect(linked).toBeVisible();
  await expect(linked.getByRole('group', { name: 'Work' })).toBeVisible();
  await expect(linked.getByLabel('Use for availability')).toBeChecked();
  await expect(linked.getByLabel('Copy appointments')).not.toBeChecked();
  await expect(async () => {
    await reload(page);
    await expect(linked).toContainText('Working');
  }).toPass();

  await linked.getByLabel('Copy appointments').check();
  await linked.getByRole('button', { name: 'Save the switches of Work' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved' }).first()).toBeVisible();
  await reload(page);
  await expect(linked.getByLabel('Copy appointments')).toBeChecked();

  await linked.getByText('Unlink', { exact: true }).click();
  await linked.getByRole('button', { name: 'Unlink 127.0.0.1' }).click();
  await expect(linked).toHaveCount(0);
});

// O-06, case 14
test('a calendar that stops answering says so, and what to do', async ({ page, caldav, signIn, another }) => {
  await signIn(page, 'sam');
  await openCalendars(page, await another('ada'));
  await link(page, caldav);
  const linked = card(page, '127.0.0.1');
  // A page that is loaded again at once would never have sent it.
  await expect(linked).toBeVisible();
  await expect(async () => {
    await reload(page);
    await expect(linked).toContainText('Working');
  }).toPass();
  await caldav.changePassword('another');
  const asked = page.waitForResponse(/\/api\/sync_calendar/);
  await linked.getByRole('button', { name: 'Synchronize 127.0.0.1 now' }).click();
  await asked;
  await expect(async () => {
    await reload(page);
    await expect(linked).toContainText('no longer accepts the user name and password');
  }).toPass();
  await expect(linked).toContainText('What was busy before stays busy.');

  await linked.getByText('Enter another password').click();
  await linked.getByLabel('Password').fill('another');
  const renewed = page.waitForResponse(/\/api\/renew_calendar/);
  await linked.getByRole('button', { name: 'Use this password' }).click();
  await renewed;
  await expect(async () => {
    await reload(page);
    await expect(linked).toContainText('Working');
  }).toPass();
});

// O-06
test('an agent has a private feed, whose address is shown once', async ({ page, signIn, another, request }) => {
  await signIn(page, 'sam');
  await openCalendars(page, await another('ada'));
  await page.getByRole('button', { name: 'Make an address' }).click();
  const shown = page.getByLabel('Private calendar address');
  await expect(shown).toHaveValue(/\/feeds\/[\w-]{43}\.ics$/);
  const address = new URL(await shown.inputValue()).pathname;
  const feed = await request.get(address);
  expect(feed.status()).toBe(200);
  expect(feed.headers()['content-type']).toContain('text/calendar');
  expect(await feed.text()).toContain('BEGIN:VCALENDAR');

  await page.getByRole('button', { name: 'End the address' }).click();
  await expect(page.getByRole('button', { name: 'Make an address' })).toBeVisible();
  expect((await request.get(address)).status()).toBe(404);
});

// O-06, section 8: a manager switches and unlinks, and links nothing for others.
test('a manager sees a failing calendar of their agent', async ({ page, signIn, another }) => {
  await signIn(page, 'max');
  await openCalendars(page, await another('ada'));
  const failing = card(page, 'calendar.demo.invalid');
  await expect(failing).toContainText('This calendar does not answer');
  await expect(failing.getByRole('button', { name: 'Save the switches of Work' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Link calendar' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Make an address' })).toHaveCount(0);
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  // O-06
  test('an account is linked all the same', async ({ page, caldav, signIn, another, problems }) => {
    problems.expectStatus(422);
    await signIn(page, 'sam');
    const ada = await another('ada');
    await ada.goto('/employees?q=sam%40demo.example');
    const profile = await rows(ada).first().getAttribute('href');
    await page.goto(`${profile}/calendars`);
    await field(page, 'Calendar address').fill('');
    await page.getByRole('button', { name: 'Link calendar' }).click();
    await expect(field(page, 'Calendar address')).toHaveAttribute('aria-invalid', 'true');
    await link(page, caldav);
    await expect(page.getByRole('status').filter({ hasText: 'The calendar is linked' })).toBeVisible();
    await expect(card(page, '127.0.0.1').last()).toBeVisible(); // another journey may have left one
  });
});
