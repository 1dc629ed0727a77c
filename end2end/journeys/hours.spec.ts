import type { Locator, Page } from '@playwright/test';
import { expect, hydrated, open, rereading, test } from '../fixtures.ts';
import { axe } from '../support/axe.ts';
import { add, address, assign, field, rows, section } from '../support/employees.ts';
import { people } from '../support/people.ts';

/** A new agent, made by the Administrator whose `page` it is; stays on their Appointment hours. */
async function agent(page: Page, ...offices: string[]) {
  const profile = await add(page, address('hours'), { 'First name': 'Hanne', 'Last name': 'Uur' });
  await assign(page, profile, ...offices.map((office) => `Agent in ${office}`));
  await open(page, `${profile}/hours`);
  return `${profile}/hours`;
}

const board = (page: Page) => page.getByRole('group', { name: 'The week' });

/** The rows of a day that are shown. */
const blocks = (page: Page, day: string) =>
  page.getByRole('group', { name: day, exact: true }).locator('.block-row:not([data-free])');

/** What the rows of a day say. */
async function expectBlocks(page: Page, day: string, ...times: [string, string][]) {
  const rows = blocks(page, day);
  await expect(rows).toHaveCount(times.length);
  for (const [index, [from, until]] of times.entries()) {
    await expect(rows.nth(index).getByLabel(`${day}, from`)).toHaveValue(from);
    await expect(rows.nth(index).getByLabel(`${day}, until`)).toHaveValue(until);
  }
}

/** Where on the board a minute of a day is, from Monday 0. */
async function at(page: Page, day: number, hour: number) {
  const box = (await board(page).boundingBox())!;
  return { x: box.x + ((day + 0.5) * box.width) / 7, y: box.y + (hour * box.height) / 24 };
}

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}

async function save(page: Page) {
  await rereading(page, () => page.getByRole('button', { name: 'Save' }).click());
  await expect(page.getByText('Saved.', { exact: true }).last()).toBeVisible(); // that of a save before may still stand
}

// O-04
test('a week is drawn, moved and stretched with the mouse', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  const path = await agent(page, 'Ghent');
  await board(page).scrollIntoViewIfNeeded();
  await expectBlocks(page, 'Monday');
  await drag(page, await at(page, 0, 9), await at(page, 0, 12));
  await expectBlocks(page, 'Monday', ['09:00', '12:00']);

  await drag(page, await at(page, 0, 10), await at(page, 2, 14));
  await expectBlocks(page, 'Monday');
  await expectBlocks(page, 'Wednesday', ['13:00', '16:00']);

  const end = await at(page, 2, 16);
  await drag(page, { x: end.x, y: end.y - 3 }, await at(page, 2, 24));
  await expectBlocks(page, 'Wednesday', ['13:00', '00:00']);
  await expect(page.getByRole('button', { name: 'Wednesday, 13:00 – 24:00, Ghent' })).toBeVisible();

  await save(page);
  await open(page, path);
  await expectBlocks(page, 'Wednesday', ['13:00', '00:00']);
});

// O-04
test('a block is moved, stretched and removed by keyboard', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  const path = await agent(page, 'Ghent');
  await page.getByRole('button', { name: 'Add a block on Monday' }).press('Enter');
  await page.getByRole('button', { name: 'Monday, 09:00 – 12:00, Ghent' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expectBlocks(page, 'Monday');
  await expectBlocks(page, 'Tuesday', ['09:15', '12:45']);
  await expect(page.getByRole('button', { name: 'Tuesday, 09:15 – 12:45, Ghent' })).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'Tuesday, 09:15 – 12:45, Ghent' })).toHaveCount(1);
  await save(page);

  await open(page, path);
  await page.getByRole('button', { name: 'Tuesday, 09:15 – 12:45, Ghent' }).focus();
  await page.keyboard.press('Delete');
  await expectBlocks(page, 'Tuesday');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expectBlocks(page, 'Tuesday', ['09:15', '12:45']);
  await page.getByRole('button', { name: 'Remove Tuesday, 09:15 to 12:45' }).click();
  await save(page);
  await open(page, path);
  await expectBlocks(page, 'Tuesday');
});

// O-04, case 13
test('blocks of one office may not overlap, those of different offices may', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  await signIn(page, 'ada');
  const path = await agent(page, 'Ghent', 'Antwerp');
  const monday = page.getByRole('group', { name: 'Monday', exact: true });
  await page.getByRole('button', { name: 'Add a block on Monday' }).click();
  await page.getByRole('button', { name: 'Add a block on Monday' }).click();
  const second = blocks(page, 'Monday').nth(1);
  await second.getByLabel('Monday, from').fill('11:00');
  await expect(monday).toContainText('Two blocks of one office overlap.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert').filter({ visible: true })).toContainText('Blocks overlap.');
  await second.getByLabel('Office').selectOption('Ghent');
  await expect(monday).not.toContainText('Two blocks of one office overlap.');
  await second.getByLabel('Confirm bookings at once').uncheck();
  await save(page);

  await page.getByLabel('Copy from').selectOption('Ghent');
  await page.getByRole('combobox', { name: 'to', exact: true }).selectOption('Antwerp');
  await page.getByRole('button', { name: 'Copy the blocks' }).click();
  await expect(blocks(page, 'Monday')).toHaveCount(2); // Antwerp has a block at that time
  await page.getByRole('button', { name: 'Copy Monday to the other weekdays' }).click();
  for (const day of ['Tuesday', 'Friday']) await expect(blocks(page, day)).toHaveCount(2);
  await expect(blocks(page, 'Saturday')).toHaveCount(0);
  await save(page);
  await open(page, path);
  await expect(blocks(page, 'Friday')).toHaveCount(2);
  await expect(blocks(page, 'Friday').filter({ has: page.getByRole('checkbox', { checked: false }) })).toHaveCount(1);
});

// O-04
test('templates are made, applied over dates, taken back and deleted', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  await signIn(page, 'ada');
  const path = await agent(page, 'Ghent');
  const templates = page.getByRole('navigation', { name: 'Default week and templates' });
  await page.getByText('New template').click();
  await page.getByRole('button', { name: 'Create the template' }).click();
  await expect(page.getByRole('alert').filter({ visible: true })).toContainText('Template is required.');
  await field(page, 'Name of the template').fill('Christmas Eve');
  await field(page, 'Template for').selectOption('a day');
  await page.getByRole('button', { name: 'Create the template' }).click();
  await page.waitForURL(/template=1$/);
  await expect(page.getByRole('heading', { name: 'Christmas Eve', exact: true })).toBeVisible();
  await hydrated(page);
  await page.getByRole('button', { name: 'Add a block on Each day' }).click();
  await save(page);

  const applied = section(page, 'Applied dates');
  await applied.getByText('Apply a template').click();
  await field(page, 'First day').fill('2031-12-24');
  await applied.getByRole('button', { name: 'Apply the template' }).click();
  await expect(applied).toContainText('24 December 2031');
  await expect(applied).toContainText('Christmas Eve');
  await open(page, path);
  await applied.getByText('Apply a template').click();
  await expect(applied.getByLabel('Template')).toHaveValue('0'); // "Unavailable" is there from the start
  await field(page, 'First day').fill('2031-12-27');
  await field(page, 'Last day').fill('2031-12-26');
  await applied.getByRole('button', { name: 'Apply the template' }).click();
  await expect(applied.getByRole('alert')).toContainText('Last day: the end lies before the beginning.');
  await field(page, 'Last day').fill('2031-12-31');
  await applied.getByRole('button', { name: 'Apply the template' }).click();
  await expect(applied).toContainText('27 December 2031 – 31 December 2031');
  await applied.getByRole('button', { name: 'Take back Unavailable' }).click();
  await expect(applied).not.toContainText('27 December 2031');

  await templates.getByRole('link', { name: 'Christmas Eve' }).click();
  await expectBlocks(page, 'Each day', ['09:00', '12:00']);
  await section(page, 'Delete the template Christmas Eve').getByRole('button', { name: 'Delete' }).click();
  await expect(templates.getByRole('link')).toHaveText(['Default week']);
  await expect(applied).not.toContainText('Christmas Eve');
});

/** Enters an absence on the page of an agent's hours. */
async function enter(card: Locator, days: [string, string], reason: string) {
  await card.getByText('Enter an absence', { exact: true }).click();
  await card.getByLabel('From', { exact: true }).fill(days[0]);
  await card.getByLabel('Until', { exact: true }).fill(days[1]);
  await card.getByLabel('Reason').fill(reason);
  await card.getByRole('button', { name: 'Enter the absence' }).click();
}

// O-05
test('absences are entered, changed and removed, also by the manager, and the trail knows', async ({ page, signIn, another, problems }) => {
  problems.expectStatus(422);
  await signIn(page, 'ada');
  const path = await agent(page, 'Ghent');
  const manager = await another('max');
  await open(manager, path);
  const card = section(manager, 'Absences');
  await enter(card, ['2031-07-07', '2031-07-06'], 'Holiday');
  await expect(card.getByRole('alert').filter({ visible: true })).toContainText('lies before the beginning');
  await expect(card.getByLabel('Reason')).toHaveValue('Holiday');
  await card.getByLabel('Until', { exact: true }).fill('2031-07-18');
  await card.getByRole('button', { name: 'Enter the absence' }).click();
  await expect(card).toContainText('7 July 2031 – 18 July 2031');

  await open(page, path.replace('/hours', '/activity'));
  await expect(page.getByRole('main')).toContainText(/Max De Smet entered an absence/);
  await open(manager, path);
  await card.getByRole('link', { name: 'Change the absence of 7 July 2031' }).click();
  await expect(card.getByLabel('From', { exact: true })).toHaveValue('2031-07-07');
  await axe(manager);
  await card.getByLabel('Until', { exact: true }).fill('2031-07-11');
  await card.getByRole('button', { name: 'Save' }).click();
  await manager.waitForURL(/\?done=saved/);
  await expect(card).toContainText('7 July 2031 – 11 July 2031');
  await hydrated(manager);
  await card.getByRole('button', { name: 'Remove the absence of 7 July 2031' }).click();
  await expect(card).toContainText('No absence is planned.');
});

// O-04, section 8
test('agents edit their own hours; a manager those in their offices; others none', async ({ page, signIn, another, problems }) => {
  problems.expectStatus(404);
  await signIn(page, 'sam');
  await open(page, '/account');
  await page.getByRole('link', { name: 'Show my appointment hours' }).click();
  await page.waitForURL('**/hours');
  const profile = new URL(page.url()).pathname.replace('/hours', '');
  await open(page, `${profile}/hours`);
  await expect(page.getByLabel('Office', { exact: true }).first()).toContainText('Antwerp');
  await page.getByRole('button', { name: 'Add a block on Sunday' }).click();
  await save(page);

  const manager = await another('max');
  await open(manager, `${profile}/hours`);
  await expect(manager.getByRole('main')).not.toContainText('Antwerp');
  await expect(section(manager, 'Applied dates').getByRole('button', { name: /^Take back Short day/ })).toHaveCount(1);
  await expect(section(manager, 'Applied dates').getByRole('button', { name: /^Take back Unavailable/ })).toHaveCount(0);
  const stranger = await another('lee');
  expect((await open(stranger, `${profile}/hours`))?.status()).toBe(404);
});

// O-04, E-20
test('the second of two editors is told, and loses nothing typed', async ({ page, signIn, another, problems }) => {
  problems.expectStatus(409);
  await signIn(page, 'ada');
  const path = await agent(page, 'Ghent');
  const second = await another('ada');
  await open(second, path);
  await page.getByRole('button', { name: 'Add a block on Monday' }).click();
  await save(page);
  await second.getByRole('button', { name: 'Add a block on Tuesday' }).click();
  await second.getByRole('button', { name: 'Save' }).click();
  await expect(second.getByRole('alert').filter({ visible: true })).toContainText('Somebody else changed this');
  await expectBlocks(second, 'Tuesday', ['09:00', '12:00']);
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  // O-04, O-05, case 13
  test('a week and an absence are plain forms', async ({ page, signIn, another, problems }) => {
    problems.expectStatus(422);
    const administrator = await another('ada');
    await administrator.goto(`/employees?q=${encodeURIComponent(people.sam.email)}`);
    const profile = await rows(administrator).getAttribute('href');
    await signIn(page, 'sam');
    await page.goto(`${profile}/hours`);
    const saturday = page.getByRole('group', { name: 'Saturday', exact: true });
    const free = saturday.locator('.block-row').last();
    await free.getByLabel('Saturday, from').fill('22:00');
    await free.getByLabel('Saturday, until').fill('02:00');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(saturday).toContainText('not go over midnight');
    const typed = saturday.locator('.block-row').first();
    await expect(typed.getByLabel('Saturday, from')).toHaveValue('22:00');
    await typed.getByLabel('Saturday, until').fill('00:00');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('main')).toContainText('Saved.');
    await expect(saturday.getByLabel('Saturday, until').first()).toHaveValue('00:00');

    const card = section(page, 'Absences');
    await enter(card, ['2032-02-02', ''], 'Training');
    await expect(card).toContainText('2 February 2032');
  });
});
