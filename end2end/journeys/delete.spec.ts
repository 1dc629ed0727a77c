import { expect, hydrated, open, test } from '../fixtures.ts';
import { add, address } from '../support/employees.ts';
import { openTeam } from '../support/people.ts';

// E-16, case 5
test('deleting asks for the email, is permanent, and the email can be invited again', async ({ page, signIn, problems }) => {
  problems.expectStatus(404, 422);
  const email = address('leaving');
  await signIn(page, 'ada');
  const profile = await add(page, email, { 'First name': 'Lies', 'Last name': 'Claes', 'External ID': email });
  await page.getByRole('link', { name: 'Delete employee' }).click();
  await page.waitForURL(`**${profile}/delete`);
  await hydrated(page);
  await expect(page.getByRole('main')).toContainText(/suspend/i); // the alternative

  const typed = page.getByRole('main').getByRole('textbox', { name: /email/i });
  const confirm = page.getByRole('button', { name: /^Delete/ });
  await typed.fill('lies@elsewhere.example');
  await confirm.click();
  await expect(typed).toHaveAttribute('aria-invalid', 'true');
  await typed.fill(email);
  await confirm.click();
  await page.waitForURL('**/employees*');
  expect((await open(page, profile))?.status()).toBe(404);

  const again = await add(page, email);
  expect(again).not.toBe(profile);
  await expect(page.getByRole('main')).not.toContainText('Claes');
});

// E-16, case 7
test('only Administrators delete', async ({ page, signIn, another, problems }) => {
  problems.expectStatus(403, 404);
  const administrator = await another('ada');
  const stranger = await add(administrator, address('stranger'));

  await signIn(page, 'max');
  await openTeam(page);
  await page.getByRole('link', { name: /Sam/ }).click();
  await page.waitForURL(/\/employees\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('link', { name: 'Delete employee' })).toHaveCount(0);
  expect((await open(page, `${page.url()}/delete`))?.status()).toBe(403);
  expect((await open(page, `${stranger}/delete`))?.status()).toBe(404);
});
