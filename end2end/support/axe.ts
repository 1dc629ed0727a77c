// Accessibility as far as a program can judge it.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Fails on any violation, in the light theme and in the dark one. */
export async function axe(page: Page) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id} at ${target}: ${help}`));
    expect.soft(found, `accessibility of ${new URL(page.url()).pathname}, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}

/** Fails when the page can be scrolled sideways. */
export async function expectNothingSideways(page: Page) {
  const { has, shows } = await page.evaluate(() => ({
    has: document.documentElement.scrollWidth,
    shows: document.documentElement.clientWidth,
  }));
  expect.soft(has, `width of ${new URL(page.url()).pathname}`).toBeLessThanOrEqual(shows);
}
