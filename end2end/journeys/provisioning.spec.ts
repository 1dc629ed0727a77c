import { expect, open, test } from '../fixtures.ts';
import { field } from '../support/employees.ts';
import type { Page } from '@playwright/test';
import { randomBytes } from 'node:crypto';

/** A new PBX's page of provisioning. */
async function provisioning(page: Page) {
  const name = `Exchange ${randomBytes(3).toString('hex')}`;
  await open(page, '/contact-centre/pbxs/new');
  await field(page, 'Name').fill(name);
  await field(page, 'Host').fill('pbx.example.org');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL('**/contact-centre/pbxs?done=pbx');
  await page.getByRole('main').getByRole('link', { name }).click();
  await page.getByRole('main').getByRole('link', { name: 'Provisioning' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Provisioning' })).toBeVisible();
}

// C-17
test('an Administrator sees that changes wait, and what has to be set', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await provisioning(page);
  await expect(page.getByRole('main')).toContainText('Changes wait');
  await expect(page.getByRole('main')).toContainText('STAFFROOM_PBX_DIRECTORY');
  await expect(page.getByRole('row').filter({ hasText: 'PBX created' })).toContainText('Waiting');
  await expect(page.getByRole('button', { name: 'Write it again' })).toHaveCount(0);
});

// C-17, section 8
test('nobody else gets to it', async ({ page, signIn, problems }) => {
  problems.expectStatus(403);
  await signIn(page, 'ada');
  await provisioning(page);
  const address = page.url();
  await signIn(page, 'max');
  const answer = await page.goto(address);
  expect(answer?.status()).toBe(403);
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  // C-17
  test('the page says the same', async ({ page, signIn }) => {
    await signIn(page, 'ada');
    await page.goto('/contact-centre/pbxs');
    await page.getByRole('main').getByRole('link', { name: 'Ghent PBX' }).click();
    await page.getByRole('main').getByRole('link', { name: 'Provisioning' }).click();
    await expect(page.getByRole('row').filter({ hasText: 'Waiting' }).first()).toBeVisible();
  });
});
