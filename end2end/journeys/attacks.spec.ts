// What a browser shows of the attacks in 5-proof.
import type { Page } from '@playwright/test';
import { expect, hydrated, open, reload, test } from '../fixtures.ts';
import { add, address, arrive, assign, field, rows, section, switchAndSave } from '../support/employees.ts';
import { mailsTo, mailTo } from '../support/mails.ts';
import { people, sendSignIn, signInByForm } from '../support/people.ts';

const markup = '<script>hacked=1</script><img src=x onerror="hacked=1">';
const quotes = `"'><b>bold</b>&amp;{{7*7}}`;

/** Nothing of what was typed has become a part of the page. */
async function expectOnlyText(page: Page) {
  const found = await page.evaluate(() => ({
    hacked: 'hacked' in window,
    elements: document.querySelectorAll('img[src="x"], main b b, script:not([src]):not([nonce])').length,
  }));
  expect(found, page.url()).toEqual({ hacked: false, elements: 0 });
}

// Case 22
test('markup in a name is text wherever the name is shown', async ({ page, signIn, another, server }) => {
  const email = address('markup');
  await signIn(page, 'ada');
  const profile = await add(page, email, { 'First name': markup, 'Last name': quotes, 'External ID': `${markup}${email}` });
  const name = `${markup} ${quotes}`;
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(page).toHaveTitle(new RegExp('^<script>hacked'));
  await assign(page, profile, 'Agent in Ghent');
  await expectOnlyText(page);

  const mail = await mailTo(server.mail, email);
  expect(mail.text).toContain(name);
  expect(mail.html ?? '').not.toMatch(/<script>|<img src=x|<b>bold/);

  await open(page, `/employees?q=${encodeURIComponent(email)}`);
  await expect(rows(page)).toContainText([name]);
  await expectOnlyText(page);
  await page.getByRole('searchbox').fill(markup.slice(0, 20));
  await expect(rows(page)).toContainText([name]);
  await page.getByRole('searchbox').fill(`${markup} nobody`);
  await expect(page.getByRole('main')).toContainText(`${markup} nobody`);
  await expectOnlyText(page);

  for (const path of ['/audit', `${profile}/activity`, `${profile}/delete`, `${profile}?edit=offices`]) {
    await open(page, path);
    await expect(page.getByRole('main')).toContainText(markup);
    await expectOnlyText(page);
  }
  const manager = await another('max');
  await open(manager, profile);
  await expect(manager.getByRole('heading', { level: 1 })).toHaveText(name);
  await expectOnlyText(manager);
});

// Case 22
test('markup in a text, an office and a conflict is text', async ({ page, signIn, another, problems }) => {
  problems.expectStatus(409, 422);
  await signIn(page, 'ada');
  const profile = await add(page, address('text'), {}, ['Agent']);
  await field(page, 'Introduction').fill(`</textarea>${markup}`);
  await field(page, 'Video link').fill('javascript:hacked=1');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(field(page, 'Video link')).toHaveAttribute('aria-invalid', 'true');
  await field(page, 'Video link').fill('');
  const second = await another('ada');
  await open(second, profile);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await reload(page);
  await expect(field(page, 'Introduction')).toHaveValue(`</textarea>${markup}`);
  await expectOnlyText(page);

  await switchAndSave(second, 'Administrator', true);
  await expect(second.getByRole('alert')).toContainText(markup);
  await expectOnlyText(second);

  await open(page, '/offices/new');
  await field(page, 'Name').fill(markup);
  await page.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL('**/offices?done=office');
  await expect(page.getByRole('link', { name: markup })).toBeVisible();
  await expectOnlyText(page);
  await page.getByRole('link', { name: markup }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(markup);
  await expectOnlyText(page);
  await field(page, 'Name').fill('Formerly markup');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Formerly markup');
});

// Case 22
test('what turns the reading direction, and what ends a line, is refused in a name', async ({ page, signIn, problems }) => {
  problems.expectStatus(422);
  await signIn(page, 'ada');
  await add(page, address('direction'));
  for (const name of ['Eve\u202etxt.exe', 'Nul\u0000l']) {
    await field(page, 'First name').fill(name);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(field(page, 'First name')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByRole('alert')).toBeFocused(); // by this answer, not the one before
  }
  for (const name of ['👩🏽‍🚀 Zoë', 'محمد', '玲子']) {
    await field(page, 'First name').fill(name);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  }
});

// 5-proof "Sign-in"
test('a link to the sign-in leads nowhere else', async ({ another, server }) => {
  const elsewhere = ['https://evil.example/', '//evil.example', '/\\evil.example', '/%09/evil.example', 'javascript:alert(1)'];
  for (const to of elsewhere) {
    const page = await another();
    await page.goto(`/sign-in?to=${to.includes('%') ? to : encodeURIComponent(to)}`);
    await hydrated(page);
    await sendSignIn(page, people.ada.email);
    await page.waitForURL((url) => url.pathname !== '/sign-in');
    expect(page.url(), to).toBe(`${server.url}/employees`);
  }
});

// Create sends one form, however often it is pressed
test('Create pressed twice adds one person, and says so', async ({ page, signIn, server }) => {
  const email = address('doubled');
  await signIn(page, 'ada');
  await open(page, '/employees/new');
  await field(page, 'Email').fill(email);
  await page.getByRole('button', { name: 'Create' }).dblclick();
  await page.waitForURL(/\/employees\/[0-9a-f-]{36}\?done=invited$/);
  await expect(page.getByRole('main')).toContainText(`Invitation sent to ${email}`);
  await mailTo(server.mail, email);
  await open(page, `/employees?q=${encodeURIComponent(email)}`);
  await expect(rows(page)).toHaveCount(1);
});

test('Create pressed twice adds one office', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await open(page, '/offices/new');
  await field(page, 'Name').fill('Doubled');
  await page.getByRole('button', { name: 'Create' }).dblclick();
  await page.waitForURL('**/offices?done=office');
  await expect(page.getByRole('row').filter({ hasText: 'Doubled' })).toHaveCount(1);
});

//
test('Back after signing out shows nothing', async ({ page }) => {
  await signInByForm(page, people.ada.email);
  await open(page, '/employees');
  await expect(rows(page)).toHaveCount(25);
  await page.getByRole('button', { name: /Ada/ }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL(/\/sign-in/);
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(rows(page)).toHaveCount(0);
});

// a session that was there before is not the one after (fixation)
test('signing in gives another session than the one that stood there', async ({ page, context, server }) => {
  const planted = 'A'.repeat(43);
  await context.addCookies([{ name: 'staffroom', value: planted, url: server.url, httpOnly: true }]);
  await signInByForm(page, people.sam.email);
  const [session] = await context.cookies();
  expect(session!.value).not.toBe(planted);
  await signInByForm(page, people.sam.email);
  const [rotated] = await context.cookies();
  expect(rotated!.value).not.toBe(session!.value);
});

// 5-proof "Sign-in": links in mails are built from the configured address
test('a link in a mail leads here, whatever host the request named', async ({ page, signIn, server }) => {
  const email = address('host');
  await signIn(page, 'ada');
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'content-type': 'application/x-www-form-urlencoded' };
  await page.request.post('/api/create_employee', { headers, data: `email=${encodeURIComponent(email)}` });
  const mail = await mailTo(server.mail, email);
  expect(mail.text).toContain(`${server.url}/activate/`);
  expect(mail.text).not.toContain('evil.example');
});

// 5-proof "Input": header injection in names that reach mails
test('a name can add no header to a mail', async ({ page, signIn, server, problems }) => {
  problems.expectStatus(422);
  const [email, copied] = [address('header'), address('copied')];
  await signIn(page, 'ada');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const data = new URLSearchParams({ email, first_name: `Eve\r\nBcc: ${copied}`, last_name: '' }).toString();
  expect((await page.request.post('/api/create_employee', { headers, data })).status()).toBe(422);
  expect((await page.request.post('/api/create_employee', { headers, data: new URLSearchParams({ email: `${email}\r\nBcc: ${copied}` }).toString() })).status()).toBe(422);
  expect(await mailsTo(server.mail, copied)).toEqual([]);
});

// 5-proof "Input"
test('an upload with a path for a name is a picture and nothing else', async ({ page, signIn, another, server }) => {
  await signIn(page, 'ada');
  const own = await another();
  await arrive(page, own, server.mail, address('polyglot'));
  await open(own, '/account');
  const script = Buffer.concat([await own.screenshot(), Buffer.from('<script>hacked=1</script>')]);
  await own.getByLabel('New picture').setInputFiles({ name: '..%2f..%2fevil.html', mimeType: 'text/html', buffer: script });
  await own.getByRole('button', { name: 'Upload picture' }).click();
  const source = await section(own, 'Picture').locator('img').getAttribute('src');
  const picture = await own.request.get(source!);
  expect(picture.headers()).toMatchObject({ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff' });
  expect((await picture.body()).includes('hacked')).toBe(false); // re-encoded
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  test('Create pressed twice adds one person', async ({ page, signIn, server, problems }) => {
    problems.expectStatus(422); // where the second press arrives, the address is taken
    const email = address('doubled');
    await signIn(page, 'ada');
    await page.goto('/employees/new');
    await field(page, 'Email').fill(email);
    await page.getByRole('button', { name: 'Create' }).dblclick();
    await mailTo(server.mail, email);
    // The second press goes on to a page too, which may interrupt this one.
    await expect(() => page.goto(`/employees?q=${encodeURIComponent(email)}`)).toPass();
    await expect(rows(page)).toHaveCount(1);
  });

  //
  test('Back after signing out shows nothing', async ({ page }) => {
    await signInByForm(page, people.ada.email);
    await page.goto('/employees');
    await page.getByRole('button', { name: /Ada/ }).click();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.waitForURL('**/sign-in');
    await page.goBack();
    await expect(page).toHaveURL(/\/sign-in/);
    await expect(rows(page)).toHaveCount(0);
  });

  test('a link to the sign-in leads nowhere else', async ({ page, server }) => {
    await page.goto('/sign-in?to=%2F%2Fevil.example');
    await sendSignIn(page, people.ada.email);
    await page.waitForURL((url) => url.pathname !== '/sign-in');
    expect(page.url()).toBe(`${server.url}/employees`);
  });

  // Case 22
  test('markup that was refused comes back as text', async ({ page, signIn, problems }) => {
    problems.expectStatus(422);
    await signIn(page, 'ada');
    await page.goto('/employees/new');
    await field(page, 'First name').fill(markup);
    await field(page, 'Email').fill(quotes);
    await page.getByRole('button', { name: 'Create' }).click();
    await expect(field(page, 'First name')).toHaveValue(markup);
    await expect(page.locator('main img[src="x"], main script')).toHaveCount(0);
  });
});
