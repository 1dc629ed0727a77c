import { expect, hydrated, loading, open, reload, test } from '../fixtures.ts';
import { address, arrive, assign, chosenPassword, field, section } from '../support/employees.ts';
import { linkIn, mailTo } from '../support/mails.ts';
import { expectSignedOut, sendSignIn, signInByForm } from '../support/people.ts';

// E-18
test('somebody changes their own names and details, and reads their roles', async ({ page, signIn, another, server, problems }) => {
  problems.expectStatus(422);
  await signIn(page, 'ada');
  const own = await another();
  const profile = await arrive(page, own, server.mail, address('own'));
  await assign(page, profile, 'Agent in Ghent');

  await open(own, '/account');
  await field(own, 'First name').fill('Imka');
  await field(own, 'Function').fill('Adviser');
  await field(own, 'Introduction').fill('Two lines\nof text');
  await field(own, 'Video link').fill('javascript:alert(1)');
  await own.getByRole('button', { name: 'Save' }).click();
  await expect(field(own, 'Video link')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(own, 'First name')).toHaveValue('Imka');
  await field(own, 'Video link').fill('https://meet.example/imka');
  await loading(own, () => own.getByRole('button', { name: 'Save' }).click());
  await expect(own).toHaveURL(/done=saved$/);
  await expect(own.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await expect(field(own, 'Introduction')).toHaveValue('Two lines\nof text');
  await expect(own.getByRole('button', { name: /Imka Vos/ })).toBeVisible();
  await field(own, 'Introduction').clear();
  await loading(own, () => own.getByRole('button', { name: 'Save' }).click());
  await expect(field(own, 'Introduction')).toHaveValue('');
  await reload(own);
  await expect(field(own, 'Introduction')).toHaveValue('');
  await hydrated(own);

  await expect(section(own, 'Your roles')).toContainText(/Ghent\s*Agent/);
  await expect(section(own, 'Your roles').locator('input, select, button')).toHaveCount(0);
  await open(page, profile);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Imka Vos');
  await expect(field(page, 'Function')).toHaveValue('Adviser');
});

// E-18, case 22
test('a picture is cut square, shown to colleagues, and removed; what is none is refused', async ({ page, signIn, another, server, problems }) => {
  problems.expectStatus(404);
  await signIn(page, 'ada');
  const own = await another();
  const profile = await arrive(page, own, server.mail, address('picture'));
  await open(own, '/account');
  const picture = section(own, 'Picture');
  const upload = async (name: string, mimeType: string, buffer: Buffer) => {
    await picture.getByLabel('New picture').setInputFiles({ name, mimeType, buffer });
    await picture.getByRole('button', { name: 'Upload picture' }).click();
  };

  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
  for (const [name, type] of [['me.svg', 'image/svg+xml'], ['me.png', 'image/png']] as const) {
    await upload(name, type, Buffer.from(svg));
    await expect(picture.getByLabel('New picture')).toHaveAttribute('aria-invalid', 'true');
    await expect(picture.locator('img')).toHaveCount(0);
  }

  await upload('wide.png', 'image/png', await own.screenshot());
  await expect(own.getByRole('status').filter({ hasText: 'Your picture was changed.' })).toBeVisible();
  const size = await picture.locator('img').evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  });
  expect(size).toEqual([300, 300]);
  const source = await picture.locator('img').getAttribute('src');
  await open(page, profile);
  await expect(page.getByRole('main').locator('img')).toHaveAttribute('src', source!);
  const stranger = await another('noor');
  expect((await stranger.request.get(source!)).status()).toBe(404);

  await hydrated(own);
  await picture.getByRole('button', { name: 'Remove picture' }).click();
  await expect(own.getByRole('status').filter({ hasText: 'Your picture was removed.' })).toBeVisible();
  await expect(picture.locator('img')).toHaveCount(0);
  expect((await page.request.get(source!)).status()).toBe(404);
});

// E-18, case 22
test('a picture of 50 MB is refused with a sentence', async ({ page, signIn }) => {
  await signIn(page, 'sam');
  await open(page, '/account');
  await page.getByLabel('New picture').setInputFiles({ name: 'huge.png', mimeType: 'image/png', buffer: Buffer.alloc(49 << 20) });
  await page.getByRole('button', { name: 'Upload picture' }).click();
  await expect(page.getByLabel('New picture')).toHaveAttribute('aria-invalid', 'true');
  await expect(section(page, 'Picture')).toContainText('too large');
});

// E-18
test('another language turns the page, another time zone its times', async ({ page, signIn, another, server }) => {
  await signIn(page, 'ada');
  const own = await another();
  await arrive(page, own, server.mail, address('language'));
  await open(own, '/account');
  const since = await section(own, 'Where you are signed in').getByText(/^Signed in/).first().innerText();
  await field(own, 'Time zone').selectOption('Pacific/Auckland');
  await own.getByRole('button', { name: 'Save' }).click();
  await own.waitForURL('**/account?done=saved');
  await expect(section(own, 'Where you are signed in')).not.toContainText(since);

  await hydrated(own);
  await field(own, 'Language').selectOption({ label: 'Deutsch' });
  await own.getByRole('button', { name: 'Save' }).click();
  await expect(own.getByRole('heading', { level: 1 })).toHaveText('Kontoeinstellungen');
  await expect(own.locator('html')).toHaveAttribute('lang', 'de');
  await expect(own.getByRole('status').filter({ hasText: 'Gespeichert.' })).toBeVisible();

  await hydrated(own);
  await field(own, 'Vorname').fill('Heike');
  await own.getByRole('button', { name: 'Speichern' }).click();
  await expect(own.getByRole('button', { name: /Heike Vos/ })).toBeVisible();
  await open(page, '/employees');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

// A-02, E-18
test('another email waits until it has confirmed itself, and both are told', async ({ page, signIn, another, server, problems }) => {
  problems.expectStatus(401, 422);
  const [before, after] = [address('before'), address('after')];
  await signIn(page, 'ada');
  const own = await another();
  const profile = await arrive(page, own, server.mail, before);
  await open(own, '/account');
  const email = section(own, 'Sign-in email');
  await email.getByLabel('New email').fill('no email');
  await email.getByRole('button', { name: 'Change email' }).click();
  await expect(email.getByLabel('New email')).toHaveAttribute('aria-invalid', 'true');
  await email.getByLabel('New email').fill(after);
  await email.getByRole('button', { name: 'Change email' }).click();
  await expect(email).toContainText(`${after} waits to be confirmed`);
  await expect(email).toContainText(`You sign in with ${before}`);
  expect((await mailTo(server.mail, before, 2)).text).toContain(after);
  await open(page, profile);
  await expect(page.getByRole('main')).toContainText(`Waits until ${after} confirms it`);
  await signInByForm(await another(), before, chosenPassword);

  const link = linkIn(await mailTo(server.mail, after), 'confirm-email');
  const scanner = await another();
  await scanner.goto(link); // opening it changes nothing
  await reload(own);
  await expect(email).toContainText(`You sign in with ${before}`);
  await open(own, link);
  await expect(own.getByRole('main')).toContainText(after);
  await own.getByRole('button', { name: 'Confirm' }).click();
  await own.waitForURL('**/account?done=email-confirmed');
  await expect(own.getByRole('main')).toContainText('Your new email is confirmed');
  await expect(email).toContainText(`You sign in with ${after}`);
  await expect(email).not.toContainText('waits');
  await mailTo(server.mail, before, 3);
  await mailTo(server.mail, after, 2);

  const later = await another();
  await open(later, link);
  await expect(later.getByRole('heading', { level: 1 })).toHaveText('This link no longer works');
  await open(later, '/sign-in');
  await sendSignIn(later, before, chosenPassword);
  await expect(later.getByRole('alert')).toBeVisible();
  await signInByForm(later, after, chosenPassword);
});

//
test('confirmed by somebody who is not signed in there, the email is changed as well', async ({ page, signIn, another, server }) => {
  const [before, after] = [address('desk'), address('pocket')];
  await signIn(page, 'ada');
  const own = await another();
  await arrive(page, own, server.mail, before);
  await open(own, '/account');
  await own.getByLabel('New email').fill(after);
  await own.getByRole('button', { name: 'Change email' }).click();

  const pocket = await another();
  await open(pocket, linkIn(await mailTo(server.mail, after), 'confirm-email'));
  await pocket.getByRole('button', { name: 'Confirm' }).click();
  await pocket.waitForURL(/\/sign-in/);
  await hydrated(pocket);
  await sendSignIn(pocket, after, chosenPassword);
  await expect(pocket.getByRole('main')).toContainText('Your new email is confirmed');
});

// A-03, E-18
test('another password asks for the old one, and signs out everywhere else', async ({ page, signIn, another, server, problems }) => {
  problems.expectStatus(401, 422);
  const email = address('password');
  await signIn(page, 'ada');
  const [own, sofa] = [await another(), await another()];
  await arrive(page, own, server.mail, email);
  await signInByForm(sofa, email, chosenPassword);
  await open(own, '/account');
  const [present, next] = [own.getByLabel('Present password'), own.getByLabel('New password')];
  const change = own.getByRole('button', { name: 'Change password' });

  await present.fill('not my password at all');
  await next.fill('imke vos imke vos');
  await change.click();
  await expect(present).toHaveAttribute('aria-invalid', 'true');
  await expect(next).toHaveAttribute('aria-invalid', 'true');
  await sofa.goto('/account');
  await expect(sofa).toHaveURL(/\/account/);

  const chosen = 'a short swim in the lake';
  await present.fill(chosenPassword);
  await next.fill(chosen);
  await change.click();
  await own.waitForURL('**/account?done=password');
  await expect(own.getByRole('main')).toContainText('You are signed out everywhere else.');
  await expectSignedOut(sofa);
  await hydrated(sofa);
  await sendSignIn(sofa, email, chosenPassword);
  await expect(sofa.getByRole('alert')).toBeVisible();
  await signInByForm(sofa, email, chosen);
});

//
test('sessions are listed, and ended one by one or all but this', async ({ page, signIn, another, server }) => {
  const email = address('sessions');
  await signIn(page, 'ada');
  const [own, sofa, train] = [await another(), await another(), await another()];
  await arrive(page, own, server.mail, email);
  const end = own.getByRole('button', { name: /^End the session of Chrome on Linux/ });

  await open(own, '/account');
  await expect(section(own, 'Where you are signed in').getByRole('listitem')).toHaveText([/This device/]);
  await signInByForm(sofa, email, chosenPassword);
  await open(own, '/account');
  await end.click();
  await expect(end).toHaveCount(0);
  await expectSignedOut(sofa);

  await signInByForm(sofa, email, chosenPassword);
  await signInByForm(train, email, chosenPassword);
  await open(own, '/account');
  await expect(end).toHaveCount(2);
  await own.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(section(own, 'Where you are signed in').getByRole('listitem')).toHaveText([/This device/]);
  await expectSignedOut(sofa);
  await expectSignedOut(train);
  await reload(own);
  await expect(own).toHaveURL(/\/account/);
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  // E-18
  test('names, language and sessions are changed by plain forms', async ({ page, signIn, problems }) => {
    problems.expectStatus(422);
    await signIn(page, 'lee');
    await page.goto('/account');
    const about = section(page, 'About you');
    await about.getByLabel('Phone number').fill('no number');
    await about.getByLabel('Function').fill('Coach');
    await about.getByRole('button', { name: 'Save' }).click();
    await expect(about.getByLabel('Phone number')).toHaveAttribute('aria-invalid', 'true');
    await expect(about.getByLabel('Function')).toHaveValue('Coach');
    await about.getByLabel('Phone number').fill('09 210 44 18');
    await about.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('main')).toContainText('Saved.');
    await expect(about.getByLabel('Function')).toHaveValue('Coach');

    await page.getByLabel('Language').selectOption({ label: 'Deutsch' });
    await section(page, 'Language and time zone').getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kontoeinstellungen');
    await page.getByLabel('Sprache').selectOption('');
    await section(page, 'Sprache und Zeitzone').getByRole('button', { name: 'Speichern' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Account settings');
  });
});
