import { expect, hydrated, open, test } from '../fixtures.ts';
import { activate, add, address, assign, chosenPassword, field, switchAndSave } from '../support/employees.ts';
import { openTeam, signInByForm } from '../support/people.ts';

// 3-experience "Nothing is lost": an expired session
test('a session that ends while one types is renewed in a dialog, and what was typed is saved', async ({ page, signIn, another, server, problems }) => {
  problems.expectStatus(401);
  const email = address('expired');
  const administrator = await another('ada');
  await signIn(administrator, 'ada');
  await add(administrator, email);
  await activate(page, server.mail, email);
  await open(page, '/account');
  await field(page, 'First name').fill('Typed before');

  const elsewhere = await another();
  await signInByForm(elsewhere, email, chosenPassword);
  await open(elsewhere, '/account');
  await elsewhere.getByRole('button', { name: 'Sign out everywhere else' }).click();

  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByLabel('Email')).toHaveValue(email);
  await dialog.getByLabel('Password').fill('a wrong one');
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await dialog.getByLabel('Password').fill(chosenPassword);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toBeHidden();
  await expect(field(page, 'First name')).toHaveValue('Typed before');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved' }).first()).toBeVisible();
  await open(page, '/account');
  await expect(field(page, 'First name')).toHaveValue('Typed before');
});

// 3-experience "Leaving a changed form asks"
test('leaving a changed form asks, by a link and by Back', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await open(page, '/employees');
  await page.getByRole('main').getByRole('link', { name: /Employee$/ }).first().click();
  await page.waitForURL('**/employees/new');
  await field(page, 'Email').fill('half@typed.example');

  const questions: string[] = [];
  page.on('dialog', (dialog) => {
    questions.push(dialog.message());
    void (questions.length < 3 ? dialog.dismiss() : dialog.accept());
  });
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect.poll(() => questions.length).toBe(1);
  await page.evaluate(() => history.back());
  await expect.poll(() => questions.length).toBe(2);
  await expect(field(page, 'Email')).toHaveValue('half@typed.example');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await page.waitForURL('**/employees');
  expect(questions).toHaveLength(3);
});

// 3-experience "Nothing surprises"
test('a suspension and an assignment can be undone', async ({ page, signIn, another, server }) => {
  const email = address('undone');
  await signIn(page, 'ada');
  const profile = await add(page, email);
  await activate(await another(), server.mail, email);

  await open(page, profile);
  await switchAndSave(page, 'Active', false);
  await expect(page.getByRole('main')).toContainText('Suspended');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Undone. All is as it was.')).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText('Suspended');

  await assign(page, profile, 'Agent in Ghent');
  await expect(page.getByRole('main')).toContainText('Ghent');
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(page.getByText('Not assigned to an office yet')).toBeVisible();
});

// 2-architecture "Live pages": one event stream for all tabs of a browser
test('two tabs share one event stream, and both are told', async ({ page, context, signIn, another }) => {
  await signIn(page, 'max');
  const streams: string[] = [];
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === '/events') streams.push(request.url());
  });
  await openTeam(page);
  await hydrated(page);
  const second = await context.newPage();
  await second.goto(page.url());
  await hydrated(second);
  const email = address('shared');
  const administrator = await another('ada');
  const profile = await add(administrator, email);
  await assign(administrator, profile, 'Agent in Ghent');
  for (const tab of [page, second]) {
    await tab.getByRole('searchbox').fill(email);
    await expect(tab.getByRole('row').filter({ hasText: email })).toContainText('Pending');
  }
  await switchAndSave(administrator, 'Active', false);
  for (const tab of [page, second]) {
    await expect(tab.getByRole('row').filter({ hasText: email })).toContainText('Suspended');
  }
  // The Team page was reached by a page before it, whose stream has ended.
  expect(streams.length).toBeLessThanOrEqual(2);
});
