import { expect, open, test } from '../fixtures.ts';
import { add, address, field } from '../support/employees.ts';

// E-07, E-12
test('what was filled in can be cleared again', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  const filled = { 'First name': 'Klaar', 'Last name': 'Leeg', 'Phone number': '+3292104418', 'External ID': address('external') };
  const profile = await add(page, address('cleared'), filled, ['Agent']);
  await field(page, 'Function').fill('Adviser');
  await field(page, 'Introduction').fill('Hello');
  await field(page, 'Video link').fill('https://meet.example/klaar');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();

  await open(page, profile);
  const labels = ['Last name', 'Phone', 'External ID', 'Function', 'Introduction', 'Video link'];
  for (const label of labels) await field(page, label).clear();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await open(page, profile);
  const kept = await Promise.all(labels.map((label) => field(page, label).inputValue()));
  expect(kept).toEqual(labels.map(() => ''));
});

// Case 16
test('a phone number is normalised, or refused beside its field', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  await signIn(page, 'ada');
  await add(page, address('phones'));
  for (const wrong of ['+0 123', '+3212345678901234', 'call me', '+', '12']) {
    await field(page, 'Phone').fill(wrong);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(field(page, 'Phone'), wrong).toHaveAttribute('aria-invalid', 'true');
    await expect(field(page, 'Phone')).toHaveValue(wrong);
    await expect(page.getByRole('alert')).toBeFocused(); // by this answer, not the one before
  }
  const written = { '+14155550100': /^\+1 /, '0014155550100': /^\+1 /, '(0)9 210 44 18': /^09 210 44 18$/, '٠٩ ٢١٠ ٤٤ ١٨': /^09 210 44 18$/ };
  for (const [typed, shown] of Object.entries(written)) {
    await field(page, 'Phone').fill(typed);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(field(page, 'Phone'), typed).toHaveValue(shown);
    await expect(page.getByRole('button', { name: 'Save' })).toBeHidden(); // nothing is left to save
  }
});
