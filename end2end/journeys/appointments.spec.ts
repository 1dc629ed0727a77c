// P-01, P-02: the plan of appointments, one of them, and booking for a customer.
import { expect, hydrated, loading, open, test } from '../fixtures.ts';
import { axe } from '../support/axe.ts';
import { address, field } from '../support/employees.ts';
import { mailTo } from '../support/mails.ts';
import type { Page } from '@playwright/test';

/** Chooses what and where, on the way to the free times. */
async function choose(page: Page, subject: string, scripts = true) {
  const go = async (button: string) => {
    const press = () => page.getByRole('button', { name: button }).click();
    if (scripts) await loading(page, press);
    else await press();
  };
  await page.goto('/appointments/new');
  if (scripts) await hydrated(page);
  // Who works in one office is not asked which.
  if (await page.getByRole('button', { name: 'Continue' }).isVisible()) {
    await field(page, 'Office').selectOption('Ghent');
    await go('Continue');
  }
  await field(page, 'Subject').selectOption(subject);
  await go('Show times');
}

/** The free times that are offered, such as `2026-11-24T10:15`. */
const times = async (page: Page) => {
  await page.locator('.time-choice').first().waitFor();
  return page.locator('.time-choice input').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
};

/** Chooses a time, if none is wanted one that is not about to pass. */
async function take(page: Page, wanted?: string) {
  const all = await times(page);
  const value = wanted ?? all[Math.floor(all.length / 2)]!;
  await page.locator('.time-choice', { has: page.locator(`input[value="${value}"]`) }).click();
}

async function book(page: Page, email: string, scripts = true, wanted?: string) {
  await choose(page, 'Open an account', scripts);
  await take(page, wanted);
  await field(page, 'Name').fill('Carla Customer');
  await field(page, 'Email').fill(email);
  await page.getByRole('button', { name: 'Book the appointment' }).click();
  await page.waitForURL(/\/appointments\/[0-9a-f-]{36}\?done=appointment-booked/);
  await expect(page.getByText('The appointment is booked.')).toBeVisible();
  if (scripts) await hydrated(page);
  return new URL(page.url()).pathname;
}

// P-02
test('staff book for a customer, who gets a mail with the event for their calendar', async ({ page, signIn, server, problems }) => {
  problems.expectStatus(422);
  const email = address('carla');
  await signIn(page, 'max');
  await choose(page, 'Open an account');
  await axe(page);
  await page.getByRole('button', { name: 'Book the appointment' }).click();
  await expect(page.getByRole('alert')).toContainText('There are');
  await expect(field(page, 'Name')).toHaveAttribute('aria-invalid', 'true');
  await take(page);
  await field(page, 'Name').fill('Carla Customer');
  await field(page, 'Email').fill(email);
  await page.getByRole('button', { name: 'Book the appointment' }).click();
  await page.waitForURL(/\?done=appointment-booked/);
  await expect(page.getByText('The appointment is booked.')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Carla Customer');
  expect((await mailTo(server.mail, email)).subject).toContain('Open an account');
  expect(await event(server.mail, email, 1)).toMatch(/METHOD:REQUEST[\s\S]*SEQUENCE:0/);
});

// P-01: to another free time of the same day, where the same agent has one.
test('an appointment is dragged to another time', async ({ page, signIn, server }) => {
  const email = address('dragged');
  await signIn(page, 'ada');
  await choose(page, 'Open an account');
  // The first of a day behind which its agent has others, and not of today.
  const last = (await times(page)).at(-1)!.split('T')[0]!;
  const begins = (await times(page)).find((time) => time.startsWith(last));
  const appointment = await book(page, email, true, begins);
  await page.getByText('Another time', { exact: true }).first().click();
  const [day] = begins!.split('T');
  const free = (await times(page)).filter((time) => time.startsWith(day!) && time !== begins);
  const wanted = free.at(-1)!;

  await open(page, `/appointments?view=day&date=${day}&agent=all`);
  const block = page.locator(`.calendar a[href="${appointment}"]`);
  await expect(block).toHaveAccessibleName(new RegExp(`^${begins!.slice(11, 16)}`));
  const first = Number((await page.locator('.marks span').first().textContent())!.slice(0, 2));
  const slots = page.locator('.slots');
  const [hour, minute] = wanted.slice(11, 16).split(':').map(Number);
  const row = (hour! - first) * 4 + minute! / 15;
  await block.dragTo(slots, { sourcePosition: { x: 8, y: 3 }, targetPosition: { x: 200, y: row * 16 + 4 } });
  await expect(block).toHaveAccessibleName(new RegExp(`^${wanted.slice(11, 16)}`));
  expect(await event(server.mail, email, 2)).toMatch(/SEQUENCE:1/);
});

// P-02
test('another time and another agent change the same event, and cancelling takes it out', async ({ page, signIn, server }) => {
  const email = address('moved');
  await signIn(page, 'ada');
  const appointment = await book(page, email);
  await axe(page);
  const uid = (await event(server.mail, email, 1)).match(/UID:(\S+)/)![1]!;

  await page.getByText('Another time', { exact: true }).first().click();
  await page.locator('#move .time-choice').last().click();
  await page.getByRole('button', { name: 'Move it' }).click();
  await expect(page.getByText('The appointment was changed.').first()).toBeVisible();
  expect(await event(server.mail, email, 2)).toMatch(new RegExp(`UID:${uid}[\\s\\S]*SEQUENCE:1`));

  await open(page, appointment);
  await page.getByText('Somebody else takes it').click();
  const free = await page.locator('#give option').filter({ hasText: '(free' }).first().getAttribute('value');
  await page.locator('#give select').selectOption(free!);
  await page.getByRole('button', { name: 'Give it to them' }).click();
  await expect(page.getByText('The appointment was changed.').first()).toBeVisible();
  expect(await event(server.mail, email, 3)).toMatch(new RegExp(`UID:${uid}[\\s\\S]*SEQUENCE:2`));

  await open(page, appointment);
  await page.locator('#cancel summary').click();
  await field(page, 'Reason').fill('We move house');
  await page.getByRole('button', { name: 'Cancel it' }).click();
  await expect(page.locator('.pill', { hasText: 'Cancelled' })).toBeVisible();
  expect(await event(server.mail, email, 4)).toMatch(new RegExp(`METHOD:CANCEL[\\s\\S]*UID:${uid}[\\s\\S]*SEQUENCE:3`));
});

async function event(folder: string, email: string, number: number) {
  const mail = await mailTo(folder, email, number);
  const found = mail.attachments.find((attachment) => attachment.filename?.endsWith('.ics'));
  return new TextDecoder().decode(found!.content as ArrayBuffer).replace(/\r\n[ \t]/g, '');
}

// P-01
test('the plan shows a day, a week, a month and a list, with filters in the address', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await open(page, '/appointments');
  for (const view of ['Day', 'Month', 'List', 'Week']) {
    await page.getByRole('navigation', { name: 'View' }).getByRole('link', { name: view }).click();
    await expect(page.getByRole('navigation', { name: 'View' }).getByRole('link', { name: view })).toHaveAttribute('aria-current', 'page');
    await axe(page);
  }
  await open(page, '/appointments?view=list');
  await page.getByRole('button', { name: 'Filter' }).click();
  await field(page, 'Subject').selectOption('Mortgage');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/subject=/);
  await expect(page.getByRole('row').filter({ hasText: 'Mortgage' }).first()).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'Open an account' })).toHaveCount(0);
});

// P-01, section 8
test('an Agent sees their own appointments first, and colleagues’ beside them', async ({ page, signIn }) => {
  await signIn(page, 'sam');
  await open(page, '/appointments?view=list');
  const agents = () => page.locator('tbody tr td:nth-child(4)').allInnerTexts();
  for (const agent of await agents()) expect(agent).toContain('Sam');
  await open(page, '/appointments?view=list&agent=all');
  expect((await agents()).some((agent) => !agent.includes('Sam'))).toBe(true);
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  // P-02
  test('booked, noted and cancelled by plain forms', async ({ page, signIn, server }) => {
    const email = address('plain');
    await signIn(page, 'max');
    await book(page, email, false);
    await mailTo(server.mail, email);
    await field(page, 'Note').fill('Brings a dog');
    await page.getByRole('button', { name: 'Keep the note' }).click();
    await expect(field(page, 'Note')).toHaveValue('Brings a dog');
    await page.locator('#cancel summary').click();
    await page.getByRole('button', { name: 'Cancel it' }).click();
    await expect(page.locator('.pill', { hasText: 'Cancelled' })).toBeVisible();
  });
});
