// The monitor: a supervisor sees those whom they watch, with their state, live.
import { expect, open, test } from '../fixtures.ts';
import { field } from '../support/employees.ts';
import type { Page } from '@playwright/test';

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

// C-14
test('a supervisor sees a state change, and sets one', async ({ page, signIn, another }) => {
  await signIn(page, 'lee');
  await open(page, '/contact-centre/monitor');
  await expect(row(page, 'Sam Okonkwo')).toContainText('Loans');

  const sam = await another('sam');
  await open(sam, '/account');
  const own = await sam.evaluate(() => document.querySelector('a[href$="/contact-centre"]')?.getAttribute('href'));
  await open(sam, own ?? '/');
  await field(sam, 'Your state').selectOption({ label: 'Working offline' });
  await sam.getByRole('button', { name: 'Set state' }).click();
  await expect(row(page, 'Sam Okonkwo')).toContainText('Working offline');

  await page.getByRole('navigation', { name: 'States' }).getByRole('link', { name: /Working offline/ }).click();
  await expect(page).toHaveURL(/state=working_offline/);
  await row(page, 'Sam Okonkwo').getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'Sam Okonkwo' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('*31');
  await expect(page.getByRole('main')).toContainText('Loans');
  await field(page, 'State').selectOption({ label: 'Available' });
  await page.getByRole('button', { name: 'Set state' }).click();
  await expect(page.locator('.head')).toContainText('Available');
  await open(page, '/contact-centre/monitor?state=working_offline');
  await expect(row(page, 'Sam Okonkwo')).toHaveCount(0);
});

// C-14, section 8
test('whoever watches nobody has no monitor', async ({ page, signIn, problems }) => {
  problems.expectStatus(403);
  await signIn(page, 'max');
  await open(page, '/contact-centre/monitor');
  await expect(page.getByRole('table')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Monitor', exact: true })).toHaveCount(0);
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  // C-14
  test('a state is set by a plain form', async ({ page, signIn }) => {
    await signIn(page, 'lee');
    await page.goto('/contact-centre/monitor?q=jan');
    await row(page, 'Jan Peeters').getByRole('link').click();
    await field(page, 'State').selectOption({ label: 'Working offline' });
    await page.getByRole('button', { name: 'Set state' }).click();
    await expect(page.locator('.head')).toContainText('Working offline');
    await page.goto('/contact-centre/monitor');
    await page.getByRole('combobox', { name: 'Queue or agent group' }).selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Show' }).click();
    await expect(page).toHaveURL(/of=queue/);
  });
});
