import type { Page } from '@playwright/test';
import { expect, hydrated, open, reload, test } from '../fixtures.ts';
import { activate, add, address, chosenPassword, create, field, section } from '../support/employees.ts';
import { linkIn, mailsTo, mailTo } from '../support/mails.ts';
import { expectSignedOut, sendSignIn, signInByForm } from '../support/people.ts';

const invitation = (page: Page) => section(page, 'Invitation');

/** The page of a link that doesn't work: the same whatever is wrong with it, and it says what to do. */
async function expectDead(page: Page, link: string) {
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link no longer works');
  await expect(page.getByRole('main')).toContainText('Ask your administrator for a new invitation');
  await expect(page.getByRole('link', { name: 'Go to sign-in' })).toHaveAttribute('href', '/sign-in');
  await expect(page.getByLabel('Password')).toHaveCount(0);
}

async function expectAlive(page: Page, link: string) {
  await page.goto(link);
  await expect(page.getByLabel('Password')).toBeVisible();
}

//
test('sent again, the link before is dead and the new one works', async ({ page, signIn, another, server }) => {
  const email = address('again');
  await signIn(page, 'ada');
  await add(page, email);
  const first = linkIn(await mailTo(server.mail, email), 'activate');
  await reload(page); // the mail has left meanwhile
  await expect(invitation(page)).toContainText('Sent');
  await expect(invitation(page)).toContainText(/Expires\s*in 7[12] h/);

  await hydrated(page);
  await invitation(page).getByRole('button', { name: 'Send again' }).click();
  const second = linkIn(await mailTo(server.mail, email, 2), 'activate');
  const newcomer = await another();
  await expectDead(newcomer, first);
  await expectAlive(newcomer, second);
});

//
test('revoked, the link is dead and the page says so; a new one can be sent', async ({ page, signIn, another, server }) => {
  const email = address('revoked');
  await signIn(page, 'ada');
  await add(page, email);
  const first = linkIn(await mailTo(server.mail, email), 'activate');
  await invitation(page).getByRole('button', { name: 'Revoke' }).click();
  await expect(invitation(page)).toContainText('No longer valid');
  await expect(invitation(page).getByRole('button', { name: 'Revoke' })).toHaveCount(0);
  const newcomer = await another();
  await expectDead(newcomer, first);

  await invitation(page).getByRole('button', { name: 'Send a new invitation' }).click();
  await expect(invitation(page)).not.toContainText('No longer valid');
  await expectAlive(newcomer, linkIn(await mailTo(server.mail, email, 2), 'activate'));
  await expectDead(newcomer, first);
});

//
test('a link to copy is a new one, and says that the old one is dead', async ({ page, signIn, another, server }) => {
  const email = address('copied');
  await signIn(page, 'ada');
  await add(page, email);
  const first = linkIn(await mailTo(server.mail, email), 'activate');
  await invitation(page).getByRole('button', { name: 'Copy link' }).click();
  await expect(invitation(page)).toContainText('The one before it no longer works');
  await expect(invitation(page)).toContainText('Link handed over');
  const link = await invitation(page).getByRole('textbox', { name: 'Invitation link' }).inputValue();
  expect(link).toMatch(new RegExp(`^${server.url}/activate/`));
  expect(await mailsTo(server.mail, email)).toHaveLength(1);

  await reload(page);
  await expect(invitation(page)).toBeVisible();
  await expect(page.locator('body')).not.toContainText(link); // shown once
  const newcomer = await another();
  await expectDead(newcomer, first);
  await expectAlive(newcomer, link);
});

//
test('two who accept the same link: the second is told that it is dead', async ({ page, signIn, another, server, problems }) => {
  problems.expectStatus(410);
  const email = address('twice');
  await signIn(page, 'ada');
  await add(page, email);
  const link = linkIn(await mailTo(server.mail, email), 'activate');
  const late = await another();
  await open(late, link);
  await activate(await another(), server.mail, email, { first: 'Eerste', last: 'Prijs' });

  await field(late, 'First name').fill('Tweede');
  await field(late, 'Last name').fill('Prijs');
  await field(late, 'Password').fill('quite another sentence here');
  await late.getByRole('button', { name: 'Activate' }).click();
  await expect(late.getByRole('main')).toContainText('This link no longer works');
  await reload(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Eerste Prijs');
  await signInByForm(await another(), email, chosenPassword);
  await expectDead(late, link);
});

//
test('used, revoked, altered and invented links give the same page', async ({ page, signIn, another, server }) => {
  const [used, revoked] = [address('used'), address('shut')];
  await signIn(page, 'ada');
  await add(page, used);
  const usedLink = linkIn(await mailTo(server.mail, used), 'activate');
  await activate(await another(), server.mail, used);
  await add(page, revoked);
  const revokedLink = linkIn(await mailTo(server.mail, revoked), 'activate');
  await invitation(page).getByRole('button', { name: 'Revoke' }).click();
  await expect(invitation(page)).toContainText('No longer valid');

  const stranger = await another();
  const told = new Set<string>();
  const altered = usedLink.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  for (const link of [usedLink, revokedLink, altered, '/activate/of-long-ago']) {
    await expectDead(stranger, link);
    told.add(await stranger.getByRole('main').innerText());
  }
  expect(told.size).toBe(1);
});

// A-03, E-07
test('activation asks for names and for a password that is hard to guess, each beside its field', async ({ page, signIn, another, server, problems }) => {
  problems.expectStatus(422);
  const email = address('wilhelmina');
  await signIn(page, 'ada');
  await add(page, email);
  const newcomer = await another();
  await open(newcomer, linkIn(await mailTo(server.mail, email), 'activate'));
  await expect(newcomer.getByRole('main')).toContainText(`You sign in with ${email}`);
  const send = newcomer.getByRole('button', { name: 'Activate' });

  await field(newcomer, 'Password').fill(chosenPassword);
  await send.click();
  await expect(field(newcomer, 'First name')).toHaveAttribute('aria-invalid', 'true');

  await field(newcomer, 'First name').fill('Wilhelmina');
  await field(newcomer, 'Last name').fill('Vandersteen');
  const refused = ['too short', 'aaaaaaaaaaaaaaaaaaaa', 'wilhelmina vandersteen', 'passwordpassword'];
  for (const weak of refused) {
    await field(newcomer, 'Password').fill(weak);
    await send.click();
    await expect(field(newcomer, 'Password'), weak).toHaveAttribute('aria-invalid', 'true');
    await expect(newcomer.getByRole('alert')).toBeFocused();
    await expect(field(newcomer, 'First name')).toHaveValue('Wilhelmina');
  }

  await field(newcomer, 'Password').fill('seven green bottles '.repeat(6) + 'on a wall'); // 128 and more are allowed
  await send.click();
  await newcomer.waitForURL('**/account');
  await reload(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Wilhelmina Vandersteen');
});

//
test('another email of a Pending person kills the old link and sends a new one', async ({ page, signIn, another, server }) => {
  const [wrong, right] = [address('mistyped'), address('right')];
  await signIn(page, 'ada');
  await add(page, wrong);
  const first = linkIn(await mailTo(server.mail, wrong), 'activate');
  await field(page, 'Email').fill(right);
  await page.getByRole('button', { name: 'Save' }).click();
  const second = linkIn(await mailTo(server.mail, right), 'activate');

  const newcomer = await another();
  await expectDead(newcomer, first);
  await activate(newcomer, server.mail, right);
  await expectDead(newcomer, second);
});

// Case 5
test('deleted and invited again, somebody is a new person with nothing inherited', async ({ page, signIn, another, server, problems }) => {
  problems.expectStatus(401);
  const email = address('returning');
  await signIn(page, 'ada');
  const profile = await add(page, email, { 'Phone number': '+3292104418', 'External ID': email });
  const first = linkIn(await mailTo(server.mail, email), 'activate');
  const own = await another();
  await activate(own, server.mail, email, { first: 'Riet', last: 'Terug' });
  await open(page, `${profile}/delete`);
  await page.getByRole('textbox', { name: /email/i }).fill(email);
  await page.getByRole('button', { name: 'Delete Riet Terug' }).click();
  await page.waitForURL('**/employees*');

  const again = await add(page, email);
  expect(again).not.toBe(profile);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(email);
  await expect(field(page, 'Phone')).toHaveValue('');
  await expect(field(page, 'External ID')).toHaveValue('');
  await expectSignedOut(own);
  await expectDead(own, first);
  await open(own, '/sign-in');
  await sendSignIn(own, email, chosenPassword);
  await expect(own.getByRole('alert')).toBeVisible();
  await open(page, `${again}/activity`);
  await expect(page.getByRole('main')).not.toContainText('Riet');
  await expectAlive(own, linkIn(await mailTo(server.mail, email, 2), 'activate'));
});

test.describe('without WebAssembly', () => {
  test.use({ javaScriptEnabled: false });

  //
  test('an invitation is sent again, revoked, and its links die', async ({ page, signIn, another, call, server }) => {
    const email = address('plain');
    await signIn(page, 'ada');
    await page.goto(await create(call, page, { email }));
    const first = linkIn(await mailTo(server.mail, email), 'activate');
    await invitation(page).getByRole('button', { name: 'Send again' }).click();
    const second = linkIn(await mailTo(server.mail, email, 2), 'activate');
    await expect(page).toHaveURL(/\/employees\//);
    const newcomer = await another();
    await expectDead(newcomer, first);
    await expectAlive(newcomer, second);

    await invitation(page).getByRole('button', { name: 'Revoke' }).click();
    await expect(invitation(page)).toContainText('No longer valid');
    await expectDead(newcomer, second);
  });
});
