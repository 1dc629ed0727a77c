// P-06, E-15, E-16: nothing that somebody leaves behind is lost sight of.
import { expect, hydrated, open, test } from '../fixtures.ts';
import { axe } from '../support/axe.ts';
import { field } from '../support/employees.ts';
import type { Page } from '@playwright/test';

/** The page of an agent with several appointments ahead, none of whom any journey signs in as. */
async function busy(page: Page) {
  const tomorrow = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
  await open(page, `/appointments?view=list&state=confirmed&date=${tomorrow}`);
  const agents = (await page.locator('tbody td:nth-child(4)').allInnerTexts()).map((name) => name.trim());
  const known = /^(Ada|Max|Noor|Sam|Lee) /;
  const often = agents.findIndex((name) => !known.test(name) && agents.filter((other) => other === name).length > 1);
  await page.locator('tbody tr').nth(often).getByRole('link').click();
  await page.waitForURL(/\/appointments\/[0-9a-f-]{36}/);
  const link = page.locator('.facts a[href^="/employees/"]');
  await expect(link).toBeVisible();
  return (await link.getAttribute('href'))!;
}

// E-15, P-06
test('what a suspended agent leaves behind is handed over, each with its outcome', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  const profile = await busy(page);
  await open(page, profile);
  await field(page, 'Active').uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('cannot take place as it stands').first()).toBeVisible();
  await page.getByRole('link', { name: 'Hand them over' }).click();
  await page.waitForURL(/\/leaving/);
  await hydrated(page);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await axe(page);
  const choices = page.locator('.takes-over select');
  const count = await choices.count();
  expect(count).toBeGreaterThan(1);
  await choices.first().selectOption('cancel');
  await page.getByRole('button', { name: 'Carry it out' }).click();
  await expect(page.getByText(/(\d+) of \1 done/)).toBeVisible();
  await expect(page.getByText('Cancelled. The customer is told.')).toBeVisible();
  await expect(page.getByText('Handed over. Everybody concerned is told.').first()).toBeVisible();
  await open(page, profile);
  await field(page, 'Active').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.employee-head .pill')).toHaveText('Active');
});

// E-16
test('deleting says what will be cancelled, and where it can be handed over', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  const profile = await busy(page);
  await open(page, `${profile}/delete`);
  await expect(page.getByText(/ahead will be cancelled/)).toBeVisible();
  await page.getByRole('link', { name: 'Hand them over' }).click();
  await page.waitForURL(/leaving\?all=1/);
  await expect(page.getByText('Back to deleting')).toBeVisible();
});
