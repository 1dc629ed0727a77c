// Scripts and channels: steps added, moved and removed, with and without WebAssembly; a number that leads to one.
import { expect, loading, open, test } from '../fixtures.ts';
import { field } from '../support/employees.ts';
import { unique } from '../support/offices.ts';
import type { Page } from '@playwright/test';

const steps = (page: Page) => page.locator('.script > li');
const add = (page: Page, kind: string) => page.getByRole('group', { name: 'Add a step' }).getByRole('button', { name: kind });

/** Writes a script that says something and hangs up. */
async function write(page: Page, name: string): Promise<void> {
  await field(page, 'Name').fill(name);
  await add(page, 'Say a text').click();
  await expect(steps(page)).toHaveCount(1);
  await page.getByLabel('What is said').fill('Welcome.');
  await add(page, 'Hang up').click();
  await expect(steps(page)).toHaveCount(2);
  await expect(page.getByLabel('What is said')).toHaveValue('Welcome.');
  await expect(field(page, 'Name')).toHaveValue(name);
}

// C-19
test('a script is written step by step, and a step that leads nowhere is refused', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  const name = unique('Welcome');
  await signIn(page, 'ada');
  await open(page, '/contact-centre/scripts/new');
  await write(page, name);
  await add(page, 'Forward').click();
  await expect(steps(page).nth(1)).toContainText('Forward');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('alert')).toContainText('Step 2: choose where it leads.');
  await page.getByRole('button', { name: 'Remove step 2' }).click();
  await expect(steps(page)).toHaveCount(2);
  await loading(page, () => page.getByRole('button', { name: 'Create' }).click());
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  await expect(steps(page)).toHaveCount(2);
});

// C-19: the keyboard alone moves steps.
test('steps are moved by the keyboard', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await open(page, '/contact-centre/scripts/new');
  await write(page, unique('Keys'));
  await page.getByRole('button', { name: 'Move step 1 down' }).focus();
  await page.keyboard.press('Enter');
  await expect(steps(page).first()).toContainText('Hang up');
});

// C-19, C-04
test('a number leads to a script, which then stays', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  const [script, channel] = [unique('Route'), unique('Line')];
  await signIn(page, 'ada');
  await open(page, '/contact-centre/scripts/new');
  await write(page, script);
  await loading(page, () => page.getByRole('button', { name: 'Create' }).click());
  const path = new URL(page.url()).pathname;
  await open(page, '/contact-centre/channels/new');
  await field(page, 'Name').fill(channel);
  await field(page, 'Script').selectOption({ label: script });
  const number = await page.locator('#free-numbers option').first().getAttribute('value') ?? 'none';
  await field(page, 'Number').fill('+3290000000');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(field(page, 'Number')).toHaveAccessibleDescription(/not one of yours/);
  await field(page, 'Number').fill(number);
  await loading(page, () => page.getByRole('button', { name: 'Create' }).click());
  await expect(page.getByRole('row').filter({ hasText: channel })).toContainText(number);
  await open(page, path);
  await expect(page.getByRole('main')).toContainText(`These channels use the script: ${channel}`);
  await expect(page.getByRole('button', { name: 'Delete this script' })).toHaveCount(0);
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  // C-19
  test('a script is written', async ({ page, signIn }) => {
    const name = unique('Plain');
    await signIn(page, 'ada');
    await page.goto('/contact-centre/scripts/new');
    await write(page, name);
    await page.getByRole('button', { name: 'Create' }).click();
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  });
});
