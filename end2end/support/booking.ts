// The page on which customers book.
import { expect, type FrameLocator, type Page } from '@playwright/test';

/** Turns to the week after the one that is shown, of which no time is about to pass. */
export async function nextWeek(page: Page | FrameLocator) {
  await page.locator('a[rel=next]').click();
  await expect(page.locator('a[rel=prev]')).toBeVisible();
}
