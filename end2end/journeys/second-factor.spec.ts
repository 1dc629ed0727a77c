// a second factor by an authenticator app, a recovery code, and reset by an Administrator.
import { expect, hydrated, loading, open, test } from '../fixtures.ts';
import { axe } from '../support/axe.ts';
import { code, nextCode } from '../support/codes.ts';
import { address, arrive, chosenPassword, field, section } from '../support/employees.ts';
import { mailTo } from '../support/mails.ts';
import { sendSignIn } from '../support/people.ts';

// A-07, E-18
test('an app is added, asked for, replaced by a recovery code, and reset', async ({ page, signIn, another, server, problems }) => {
  problems.expectStatus(401, 409, 422);
  const email = address('factor');
  await signIn(page, 'ada');
  const own = await another();
  const profile = await arrive(page, own, server.mail, email);

  await open(own, '/account/second-factor');
  await own.getByRole('button', { name: 'Set up an authenticator app' }).click();
  await expect(own.locator('code.secret')).toBeVisible();
  await expect(own).toHaveTitle(/second factor/i);
  await axe(own);
  const secret = await own.locator('code.secret').innerText();
  await field(own, 'Code').fill('000000');
  await own.getByRole('button', { name: 'Add the app' }).click();
  await expect(field(own, 'Code')).toHaveAttribute('aria-invalid', 'true');
  const used = code(secret);
  await field(own, 'Code').fill(used);
  await loading(own, () => own.getByRole('button', { name: 'Add the app' }).click());
  await expect(own.getByText('An authenticator app is set up.')).toBeVisible();
  const codes = await own.locator('.codes code').allInnerTexts();
  expect(codes).toHaveLength(10);
  await axe(own);
  await loading(own, () => own.getByRole('button', { name: 'I have kept them' }).click());
  await expect(own.locator('.codes')).toHaveCount(0);
  expect((await mailTo(server.mail, email, 2)).text).toContain('authenticator app');

  const desk = await another();
  await open(desk, '/sign-in');
  await sendSignIn(desk, email, chosenPassword);
  await desk.waitForURL(/\/sign-in\/second/);
  await hydrated(desk);
  await axe(desk);
  await field(desk, 'Code').fill(used); // up when it was added
  await desk.getByRole('button', { name: 'Sign in' }).click();
  await expect(field(desk, 'Code')).toHaveAttribute('aria-invalid', 'true');
  await field(desk, 'Code').fill(nextCode(secret));
  await desk.getByRole('button', { name: 'Sign in' }).click();
  await desk.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await open(desk, '/account');
  await expect(section(desk, 'Where you are signed in')).toContainText('by password and second factor');

  const sofa = await another();
  await open(sofa, '/sign-in');
  await sendSignIn(sofa, email, chosenPassword);
  await sofa.waitForURL(/\/sign-in\/second/);
  await hydrated(sofa);
  await field(sofa, 'Code').fill(codes[0]!.toUpperCase().replace('-', ' '));
  await sofa.getByRole('button', { name: 'Sign in' }).click();
  await sofa.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  expect((await mailTo(server.mail, email, 3)).text).toContain('recovery code');

  await open(page, profile);
  await page.getByText('Reset the second factor').click();
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(page.getByText('Reset the second factor')).toBeHidden();
  expect((await mailTo(server.mail, email, 4)).text).toContain('An Administrator removed');
  await desk.waitForURL(/\/sign-in/); // by itself: its session has ended
  await hydrated(desk);
  await sendSignIn(desk, email, chosenPassword);
  await desk.waitForURL(/\/account/);
});

// required by role; nothing else is to be had before there is one.
test('who needs a second factor gets nothing before there is one', async ({ page, signIn, another, server, call, problems }) => {
  problems.expectStatus(403);
  const email = address('needs');
  await signIn(page, 'ada');
  const own = await another();
  await arrive(page, own, server.mail, email, ['Administrator']);
  await open(own, '/employees');
  await open(page, '/settings/sign-in');
  await axe(page);

  await page.getByRole('group', { name: 'Second factor' }).getByLabel('Office Manager').check();
  await page.getByRole('group', { name: 'Second factor' }).getByLabel('Administrator').check();
  await loading(page, () => page.getByRole('button', { name: 'Save' }).click());
  try {
    await own.goto('/employees');
    await expect(own).toHaveURL(/\/account\/second-factor/);
    await hydrated(own);
    await expect(own.getByText('First, add a second factor')).toBeVisible();
    const refused = await call(own, '/api/save_employee', { id: '019a0000-0000-7000-8000-000000000000', version: '1' });
    expect(refused.status()).toBe(403);

    await own.getByRole('button', { name: 'Set up an authenticator app' }).click();
    const secret = await own.locator('code.secret').innerText();
    await field(own, 'Code').fill(code(secret));
    await loading(own, () => own.getByRole('button', { name: 'Add the app' }).click());
    await open(own, '/employees');
    await expect(own).toHaveURL(/\/employees$/);

    await open(own, '/account/second-factor');
    problems.expectStatus(403);
    await own.getByRole('button', { name: 'Remove the authenticator app' }).click();
    await expect(own.getByRole('alert').filter({ hasText: 'Your role needs a second factor' })).toBeVisible();

    // Ada, too, gets nothing else; she takes the rule back from the browser of the one who has a factor.
    await page.goto('/employees');
    await expect(page).toHaveURL(/\/account\/second-factor/);
  } finally {
    await open(own, '/settings/sign-in');
    await own.getByRole('group', { name: 'Second factor' }).getByLabel('Office Manager').uncheck();
    await own.getByRole('group', { name: 'Second factor' }).getByLabel('Administrator').uncheck();
    await loading(own, () => own.getByRole('button', { name: 'Save' }).click());
  }
  await page.goto('/employees');
  await expect(page).toHaveURL(/\/employees/);
});
