import { expect, hydrated, open, test } from '../fixtures.ts';
import { people, sendSignIn, signInByForm } from '../support/people.ts';

//
test('somebody signs in, and out again', async ({ page }) => {
  await signInByForm(page, people.ada.email);
  await hydrated(page);
  await page.getByRole('button', { name: /Ada/ }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL('**/sign-in');

  await page.goto('/employees');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('who is asked to sign in lands where they wanted to go', async ({ page }) => {
  await page.goto('/offices');
  await expect(page).toHaveURL(/\/sign-in/);
  await hydrated(page);
  await sendSignIn(page, people.ada.email);
  await page.waitForURL(/\/offices$/);
  await hydrated(page);
});

//
test('a wrong password and an unknown email are told the same', async ({ page, problems }) => {
  problems.expectStatus(401, 422);
  const told: string[] = [];
  for (const email of [people.ada.email, 'nobody@demo.example']) {
    await open(page, '/sign-in');
    await sendSignIn(page, email, 'not the password at all');
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.getByText(email, { exact: true })).toBeVisible();
    told.push(await page.getByRole('alert').innerText());
  }
  expect(told[0]).toBe(told[1]);
});

test('the session is a cookie that no script reads and no other site sends', async ({ page, context, signIn }) => {
  await signIn(page, 'ada');
  const cookies = await context.cookies();
  expect(cookies.map(({ name }) => name)).toContain('staffroom');
  for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
});
