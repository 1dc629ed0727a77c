import { expect, open, test } from '../fixtures.ts';
import { people } from '../support/people.ts';

// 3-experience "The keyboard is enough"
test('Ctrl-K finds people, offices, pages and actions', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await open(page, '/settings');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Search or go to' });
  const input = palette.getByRole('combobox');
  await expect(input).toBeFocused();
  await expect(palette.getByRole('option', { name: /^Employees/ })).toBeVisible();

  await input.fill('antw');
  await expect(palette.getByRole('option', { name: /^Antwerp/ })).toBeVisible();
  await input.fill('new emp');
  await expect(palette.getByRole('option', { name: /New employee/ })).toBeVisible();
  await input.fill('nobody has this name');
  await expect(palette.getByRole('status')).toContainText('Nothing found');

  await input.fill(people.max.email);
  const max = palette.getByRole('option', { name: new RegExp(people.max.email) });
  await expect(max).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/employees\/[0-9a-f-]{36}$/);
  await expect(palette).toBeHidden();
  await expect(page.getByRole('main')).toContainText(people.max.email);

  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
});

// E-19: nobody finds whom they may not see
test('a manager finds the people of their own office alone', async ({ page, signIn }) => {
  await signIn(page, 'max');
  await open(page, '/account');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Search or go to' });
  await palette.getByRole('combobox').fill(people.sam.email);
  await expect(palette.getByRole('option', { name: new RegExp(people.sam.email) })).toBeVisible();
  await palette.getByRole('combobox').fill(people.lee.email);
  await expect(palette.getByRole('status')).toContainText('Nothing found');
  await palette.getByRole('combobox').fill('');
  await expect(palette.getByRole('option', { name: /Settings|General|New office|New employee/ })).toHaveCount(0);
});
