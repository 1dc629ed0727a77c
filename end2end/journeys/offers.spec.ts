// Who would be offered this call: the whole question stands in the address.
import { expect, open, test } from '../fixtures.ts';
import { field } from '../support/employees.ts';

// C-15
test('each member has an answer, and why not', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await open(page, '/contact-centre/offers');
  await field(page, 'Queue').selectOption({ label: 'Loans' });
  await field(page, 'What each member does').selectOption({ label: 'On break' });
  await page.getByRole('button', { name: 'Show who' }).click();
  await expect(page).toHaveURL(/moment=on_break/);
  await expect(page.getByRole('main')).toContainText('The call is offered to 0 of');
  await expect(page.getByRole('row').nth(1)).toContainText('They are on break.');
  await field(page, 'Which call arrives').selectOption({ label: 'A direct call' });
  await page.getByRole('button', { name: 'Show who' }).click();
  await expect(page).toHaveURL(/call=direct_call/);
  await expect(page.getByRole('row').nth(1)).not.toContainText('They are on break.');
});

// C-15, section 8
test('somebody who is in no queue learns of none', async ({ page, signIn }) => {
  await signIn(page, 'max');
  await open(page, '/contact-centre/offers');
  await expect(page.getByRole('main')).toContainText('No queue to ask about');
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  // C-15
  test('the question is asked by a plain form', async ({ page, signIn }) => {
    await signIn(page, 'ada');
    await page.goto('/contact-centre/offers');
    await field(page, 'What each member does').selectOption('suspended');
    await page.getByRole('button', { name: 'Show who' }).click();
    await expect(page.getByRole('row').nth(1)).toContainText('They are suspended.');
  });
});
