// Queues and their members, the matrix of users and queues, agent groups, ring and pickup groups.
import { expect, loading, open, reload, test } from '../fixtures.ts';
import { field } from '../support/employees.ts';
import { save, unique } from '../support/offices.ts';
import type { Page } from '@playwright/test';

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

/** Chooses the PBX on which the demo's users are, where other journeys added some. */
async function onDemoPbx(page: Page): Promise<void> {
  const pbx = field(page, 'PBX');
  if (await pbx.count()) await pbx.selectOption({ label: 'Ghent PBX' });
}

/** Creates a queue and answers with the path of its page. */
async function addQueue(page: Page, name: string, seconds?: string): Promise<string> {
  await open(page, '/contact-centre/queues/new');
  await field(page, 'Name').fill(name);
  if (seconds === undefined) await page.getByRole('radio', { name: /^Manual/ }).check();
  else await field(page, 'Post-processing timeout').fill(seconds);
  await onDemoPbx(page);
  await loading(page, () => page.getByRole('button', { name: 'Create' }).click());
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** The name of an Engage user of the demo. */
async function engageUser(page: Page, queue: string): Promise<string> {
  await open(page, `${queue}?who=all`);
  const engage = page.getByRole('row').filter({ has: page.getByText('Engage', { exact: true }) });
  return (await engage.first().getByRole('link').innerText()).trim();
}

// C-09, C-10, case 15
test('a queue with an Engage user never becomes Manual, and the page says why', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  const name = unique('Claims');
  await signIn(page, 'ada');
  const queue = await addQueue(page, name, '30');
  const user = await engageUser(page, queue);
  await page.getByRole('checkbox', { name: `Enabled: ${user}`, exact: true }).check();
  await expect(page.getByRole('checkbox', { name: `Assigned: ${user}`, exact: true })).toBeChecked();
  await page.getByLabel(`Priority of ${user}`).fill('2');
  await save(page);
  await open(page, queue);
  await expect(page.getByRole('main')).toContainText('1 Engage user is assigned');
  await expect(page.getByLabel(`Priority of ${user}`)).toHaveValue('2');

  await page.getByRole('radio', { name: /^Manual/ }).check();
  await page.getByRole('button', { name: 'Save' }).first().click();
  await expect(page.getByRole('alert')).toContainText('would get no queued calls');
  await expect(field(page, 'Post-processing timeout')).toHaveAccessibleDescription(/could not end it/);
  await page.getByRole('radio', { name: /^By itself/ }).check();
  await field(page, 'Post-processing timeout').fill('7');
  await page.getByRole('button', { name: 'Save' }).first().click();
  await expect(field(page, 'Post-processing timeout')).toHaveAccessibleDescription(/0, 5, 10 and so on/);
  await field(page, 'Post-processing timeout').fill('60');
  await save(page);
  await open(page, '/contact-centre/queues');
  await expect(row(page, name)).toContainText('60 seconds');
  await expect(row(page, name)).toContainText('1 of 1');
});

// C-10, "Bulk"
test('the matrix assigns and enables many at once', async ({ page, signIn }) => {
  const [first, second] = [unique('Wave'), unique('Wave')];
  await signIn(page, 'ada');
  const queue = await addQueue(page, first, '10');
  await addQueue(page, second, '15');
  const user = await engageUser(page, queue);
  await open(page, '/contact-centre/queues/matrix?queue=wave');
  await page.getByRole('checkbox', { name: `Enable all of ${first}` }).check();
  await expect(page.getByRole('checkbox', { name: `Assign ${user} to ${first}` })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: `Enable ${user} in ${first}` })).toBeChecked();
  await page.getByRole('checkbox', { name: `Assign all of ${user}` }).check();
  await expect(page.getByRole('checkbox', { name: `Assign ${user} to ${second}` })).toBeChecked();
  await save(page);
  await reload(page);
  await expect(page.getByRole('checkbox', { name: `Enable ${user} in ${first}` })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: `Enable ${user} in ${second}` })).not.toBeChecked();
  // Who is not assigned is not enabled.
  await page.getByRole('checkbox', { name: `Assign ${user} to ${first}` }).uncheck();
  await expect(page.getByRole('checkbox', { name: `Enable ${user} in ${first}` })).not.toBeChecked();
});

// C-09, C-10, 3-experience "The keyboard is enough"
test('the arrow keys lead from box to box, and an Engage user has none where the queue is Manual', async ({ page, signIn }) => {
  const [short, manual] = [unique('Tide'), unique('Tide')];
  await signIn(page, 'ada');
  const queue = await addQueue(page, short, '10');
  await addQueue(page, manual);
  const user = await engageUser(page, queue);
  await open(page, `/contact-centre/queues/matrix?queue=tide&q=${encodeURIComponent(user)}`);
  await expect(page.getByRole('checkbox', { name: `Assign ${user} to ${manual}` })).toBeDisabled();
  await page.getByRole('checkbox', { name: `Assign ${user} to ${short}` }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('checkbox', { name: `Enable ${user} in ${short}` })).toBeFocused();
});

// C-11, case 20
test('agent groups: create, rename, make the default, delete', async ({ page, signIn }) => {
  const [name, other] = [unique('Night'), unique('Dawn')];
  await signIn(page, 'ada');
  await open(page, '/contact-centre/agent-groups/new');
  await field(page, 'Name').fill(name);
  await loading(page, () => page.getByRole('button', { name: 'Create' }).click());
  await row(page, name).getByRole('link').click();
  await field(page, 'Name').fill(other);
  await loading(page, () => page.getByRole('button', { name: 'Save' }).click());
  await expect(row(page, other)).toContainText('0 users');
  await row(page, other).getByRole('link').click();
  await loading(page, () => page.getByRole('button', { name: 'Delete this group' }).click());
  await expect(page.getByRole('main')).toContainText('Its users are in the default group.');
  await expect(row(page, other)).toHaveCount(0);
  await row(page, 'Default group').getByRole('link').click();
  await expect(page.getByRole('button', { name: 'Delete this group' })).toHaveCount(0);
});

// C-13
test('a ring group has members and goes again', async ({ page, signIn }) => {
  const name = unique('Front desk');
  await signIn(page, 'ada');
  await open(page, '/contact-centre/ring-groups/new');
  await field(page, 'Name').fill(name);
  await field(page, 'Ringing time').fill('25');
  await onDemoPbx(page);
  await loading(page, () => page.getByRole('button', { name: 'Create' }).click());
  await page.getByRole('link', { name: 'Everybody on this PBX' }).click();
  await page.getByRole('checkbox', { name: /is a member$/ }).first().check();
  await save(page);
  await open(page, '/contact-centre/ring-groups');
  await expect(row(page, name)).toContainText('1 user');
  await row(page, name).getByRole('link').click();
  await loading(page, () => page.getByRole('button', { name: 'Delete this group' }).click());
  await expect(page.getByRole('main')).toContainText('The group was deleted.');
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  // C-10, case 20
  test('boxes of the matrix are ticked and saved, and what can not be is said', async ({ page, signIn, problems }) => {
    problems.expectStatus(422);
    const name = unique('Plain');
    await signIn(page, 'ada');
    await page.goto('/contact-centre/queues/new');
    await field(page, 'Name').fill(name);
    await field(page, 'Post-processing timeout').fill('20');
    await onDemoPbx(page);
    await page.getByRole('button', { name: 'Create' }).click();
    await page.goto(`/contact-centre/queues/matrix?queue=${encodeURIComponent(name)}`);
    const assign = page.getByRole('checkbox', { name: new RegExp(`^Assign .* to ${name}$`) }).first();
    const enable = page.getByRole('checkbox', { name: new RegExp(`^Enable .* in ${name}$`) }).first();
    await enable.check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('alert')).toContainText('Only who is assigned can be enabled.');
    await expect(enable).toBeChecked();
    await assign.check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('main')).toContainText('Saved.');
    await expect(enable).toBeChecked();
  });
});
