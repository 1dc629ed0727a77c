// A tab and a screen reader are never without a title.
import { expect, open, test } from '../fixtures.ts';

test('the title of a page is never empty, not while it comes alive and not between two pages', async ({ page, signIn }) => {
  await page.addInitScript(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    document.addEventListener('DOMContentLoaded', () => {
      const note = () => said.push(document.title);
      note();
      new MutationObserver(note).observe(document.head, { childList: true, subtree: true, characterData: true });
    });
  });
  await signIn(page, 'ada');
  await open(page, '/employees');
  const person = page.locator('a.row-link').first();
  const titled = `${await person.innerText()} · Staffroom`;
  await person.click();
  await expect(page).toHaveTitle(titled);
  await page.goBack();
  await expect(page).toHaveTitle('Employees · Staffroom');
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  expect(said).toContain(titled);
  expect(said).not.toContain('');
});
