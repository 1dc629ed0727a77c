import type { Page } from '@playwright/test';
import { expect, hydrated, open, test } from '../fixtures.ts';
import { activate, add, address, arrive, assign, chosenPassword, field } from '../support/employees.ts';
import { linkIn, mailTo } from '../support/mails.ts';
import { password } from '../support/people.ts';

const entries = (page: Page) => page.getByRole('main').getByRole('listitem');

async function filter(page: Page, fields: Record<string, string>) {
  await page.getByRole('button', { name: 'Filter' }).click();
  const popover = page.getByRole('dialog', { name: 'Filter' });
  for (const [label, value] of Object.entries(fields)) {
    const control = popover.getByLabel(label, { exact: true });
    await (label === 'What happened' ? control.selectOption({ label: value }) : control.fill(value));
  }
  await popover.getByRole('button', { name: 'Apply' }).click();
}

// E-23
test('Activity says what changed, from what to what, by whom, when and from where', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  const profile = await add(page, address('watched'), { 'First name': 'Ine', 'Phone number': '+3292104418' });
  await field(page, 'First name').fill('Inge');
  await field(page, 'Phone').clear();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await assign(page, profile, 'Agent in Ghent');

  await open(page, profile);
  await page.getByRole('link', { name: 'Activity' }).click();
  await expect(page).toHaveURL(new RegExp(`${profile}/activity$`));
  await expect(entries(page)).toHaveText([
    /Ada Lindqvist changed the offices and roles of Inge/,
    /Ada Lindqvist edited the details of Inge/,
    /Ada Lindqvist invited Inge/,
    /Ada Lindqvist added Inge/,
  ]);
  const edited = entries(page).nth(1);
  await expect(edited).toContainText('First name');
  await expect(edited.getByRole('deletion')).toHaveText(['Ine', '09 210 44 18']);
  await expect(edited.getByRole('insertion')).toHaveText(['Inge']);
  await expect(edited).toContainText('from 127.0.0.1');
  await expect(edited.locator('time')).toHaveAttribute('datetime', /^\d{4}-\d\d-\d\dT.*Z$/);
  await expect(entries(page).first()).toContainText(/Ghent\s*Agent/);
});

// E-23
test('of somebody who was deleted it keeps who, what and when, and none of their data', async ({ page, signIn }) => {
  const email = address('erased');
  await signIn(page, 'ada');
  const profile = await add(page, email, { 'First name': 'Gone', 'Last name': 'Vanished' });
  await page.goto(`${profile}/delete`);
  await page.getByRole('textbox', { name: /email/i }).fill(email);
  await page.getByRole('button', { name: /^Delete/ }).click();
  await page.waitForURL('**/employees*');

  await open(page, '/audit');
  await expect(entries(page).first()).toContainText('Ada Lindqvist deleted a former employee');
  await expect(page.getByRole('main')).toContainText('What changed was erased with the person.');
  await expect(page.getByRole('main')).not.toContainText('Vanished');
  await expect(page.getByRole('main')).not.toContainText(email);
  await page.getByRole('searchbox').fill(email);
  await expect(page.getByRole('main')).toContainText('Nothing here');
});

// E-23
test('an Office Manager sees what concerns their offices, and nothing else', async ({ page, signIn, another }) => {
  const administrator = await another('ada');
  const elsewhere = await add(administrator, address('elsewhere'), { 'First name': 'Elsewhere' });
  await assign(administrator, elsewhere, 'Agent in Antwerp');
  const profile = await add(administrator, address('both'), { 'First name': 'Bothways' });
  await assign(administrator, profile, 'Agent in Ghent', 'Office Manager in Antwerp');

  await signIn(page, 'max');
  await open(page, `${profile}/activity`);
  const assigned = entries(page).filter({ hasText: 'changed the offices and roles' });
  await expect(assigned).toContainText(/Ghent\s*Agent/);
  await expect(page.getByRole('main')).not.toContainText('Antwerp');
  await expect(page.getByRole('main')).not.toContainText('from 127.0.0.1');

  await open(page, '/audit');
  await expect(page.getByRole('main')).toContainText('Bothways');
  await expect(page.getByRole('main')).not.toContainText('Elsewhere');
  await page.getByRole('searchbox').fill('elsewhere');
  await expect(page.getByRole('main')).toContainText('Nothing here');
  expect((await page.request.get(`${elsewhere}/activity`)).status()).toBe(404);
});

// E-23
test('an Agent sees what concerns themselves', async ({ page, signIn, another, server }) => {
  await signIn(page, 'ada');
  const own = await another();
  const profile = await arrive(page, own, server.mail, address('agent'));
  await assign(page, profile, 'Agent in Ghent');
  await open(own, `${profile}/activity`);
  await expect(entries(own).first()).toContainText('changed the offices and roles');
  await open(own, '/audit');
  const about = await entries(own).allInnerTexts();
  expect(about.length).toBeGreaterThan(0);
  expect(about.filter((text) => !text.includes('Imke Vos'))).toEqual([]);
});

// E-23
test('the trail is filtered by what happened, when and to whom, all of it in the address', async ({ page, signIn, another }) => {
  await signIn(page, 'ada');
  await open(page, '/audit');
  await filter(page, { 'What happened': 'Suspended' });
  await expect(page).toHaveURL(/event=employee\.suspended/);
  await expect(entries(page).first()).toBeVisible();
  await expect(entries(page).filter({ hasNotText: 'suspended' })).toHaveCount(0);

  const found = await entries(page).allInnerTexts();
  const shared = await another('ada');
  await open(shared, page.url());
  await expect(entries(shared)).toHaveText(found, { useInnerText: true });

  await page.getByRole('link', { name: 'Remove filter: Suspended' }).click();
  await expect(page).toHaveURL(/\/audit$/);
  await expect(page.getByRole('link', { name: /^Remove filter/ })).toHaveCount(0);
  await filter(page, { Until: '2001-01-01' });
  await expect(page).toHaveURL(/until=2001-01-01/);
  await expect(page.getByRole('main')).toContainText('No entry matches what is filtered.');
  await page.getByRole('link', { name: 'Clear all' }).click();
  await expect(page).toHaveURL(/\/audit$/);
  await expect(entries(page)).toHaveCount(50);
  await hydrated(page);

  await page.getByRole('searchbox').pressSequentially('noor@demo', { delay: 60 });
  await expect(page).toHaveURL(/person=noor%40demo|person=noor@demo/);
  await expect(page.getByRole('searchbox')).toBeFocused();
  await expect(page.getByRole('searchbox')).toHaveValue('noor@demo');
  await expect(entries(page).filter({ hasNotText: 'Noor' })).toHaveCount(0);
  await expect(entries(page).first()).toBeVisible();
});

// E-23
test('older entries follow on pages of their own, and Back comes back', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await open(page, '/audit');
  await expect(entries(page)).toHaveCount(50);
  const newest = await entries(page).allInnerTexts();
  await page.getByRole('link', { name: 'Older entries' }).click();
  await expect(page).toHaveURL(/before=\d+/);
  await expect(page.getByRole('link', { name: 'Newest entries' })).toBeVisible();
  await expect(entries(page)).not.toHaveText(newest, { useInnerText: true });
  await page.goBack();
  await expect(entries(page)).toHaveText(newest, { useInnerText: true });
});

// E-23, A-01
test('no secret is in the trail', async ({ page, signIn, another, server, call }) => {
  const email = address('secretive');
  await signIn(page, 'ada');
  const profile = await add(page, email);
  const token = linkIn(await mailTo(server.mail, email), 'activate').split('/').at(-1)!;
  const own = await another();
  await activate(own, server.mail, email);
  const chosen = 'a short swim in the lake';
  expect((await call(own, '/api/change_password', { password: chosenPassword, new_password: chosen })).ok()).toBe(true);

  await open(page, `${profile}/activity`);
  await expect(entries(page).filter({ hasText: 'changed their own password' })).toHaveCount(1);
  const trail = await page.content();
  for (const secret of [token, chosenPassword, chosen, password, 'argon2']) expect(trail).not.toContain(secret);
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  // E-23
  test('the trail is searched and paged by plain links and forms', async ({ page, signIn }) => {
    await signIn(page, 'ada');
    await page.goto('/audit');
    await page.getByRole('link', { name: 'Older entries' }).click();
    await expect(page).toHaveURL(/before=\d+/);
    await page.getByRole('searchbox').fill('noor');
    await page.getByRole('searchbox').press('Enter');
    await expect(page).toHaveURL(/person=noor/);
    await expect(entries(page).first()).toBeVisible();
    await expect(entries(page).filter({ hasNotText: 'Noor' })).toHaveCount(0);
  });
});
