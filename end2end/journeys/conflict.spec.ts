import { expect, open, rereading, test } from '../fixtures.ts';
import { add, address, field } from '../support/employees.ts';

// E-20
test('the second of two editors is told what changed, and loses nothing typed', async ({ page, signIn, another, problems }) => {
  problems.expectStatus(409);
  await signIn(page, 'ada');
  const profile = await add(page, address('edited'), { 'First name': 'Ine', 'Last name': 'Wouters' });
  const second = await another('ada');
  await open(second, profile);

  await open(page, profile);
  await field(page, 'Last name').fill('Wouters-Peeters');
  await field(second, 'First name').fill('Inge');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Ine Wouters-Peeters');

  await rereading(second, () => second.getByRole('button', { name: 'Save' }).click());
  await expect(second.getByRole('alert')).toContainText('Ada Lindqvist changed Last name from Wouters to Wouters-Peeters');
  await expect(field(second, 'First name')).toHaveValue('Inge');

  await second.getByRole('button', { name: 'Save' }).click();
  await expect(second.getByRole('heading', { level: 1 })).toContainText('Inge Wouters-Peeters');
});
