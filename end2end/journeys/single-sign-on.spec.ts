// E-08: an Administrator connects identity providers, and people sign in through them.
import { expect, hydrated, loading, open, rereading, test } from '../fixtures.ts';
import { axe } from '../support/axe.ts';
import { address, arrive, chosenPassword, field } from '../support/employees.ts';
import { mailsTo } from '../support/mails.ts';
import { signInAtOpenid, startOpenid } from '../support/openid.ts';
import { expectSignedOut, sendEmail, sendSignIn } from '../support/people.ts';
import { signInAtSaml, startSaml } from '../support/saml.ts';
import type { Page } from '@playwright/test';

test.use({ settings: { STAFFROOM_INWARD_ADDRESSES: 'true' } });
test.describe.configure({ mode: 'serial' }); // one server, whose providers are everybody's

/** A page of Staffroom behind the sign-in; providers are at `localhost`. */
const home = (url: URL) => url.hostname !== 'localhost' && !/^\/(sign-in|sso)/.test(url.pathname);
const refused = /This sign-in was not accepted/;

/** Adds an employee of single sign-on; answers with the path of their page. */
async function addElsewhere(page: Page, email: string, externalId: string, provider?: string) {
  await open(page, '/employees/new');
  await field(page, 'Bypass the user activation flow').check();
  await field(page, 'Email').fill(email);
  await field(page, 'External ID').fill(externalId);
  if (provider) await field(page, 'Identity provider').selectOption(provider);
  await page.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL(/\/employees\/[0-9a-f-]{36}\b/);
  await hydrated(page);
  return new URL(page.url()).pathname;
}

/** Begins a sign-in with a provider, as somebody who comes by. */
async function begin(page: Page, email: string, provider: string) {
  await open(page, '/sign-in');
  await sendEmail(page, email);
  await page.getByRole('link', { name: `Continue with ${provider}` }).click();
}

test('SAML: set up without help, tested, switched on, used, and every forgery refused', async ({ page, signIn, another, server }) => {
  test.setTimeout(240_000);
  const idp = await startSaml(server.url);
  try {
    await signIn(page, 'ada');
    await open(page, '/settings/sign-in');
    await page.getByRole('link', { name: 'Add a SAML provider' }).click();
    await page.waitForURL('**/new/saml');
    await hydrated(page);
    await axe(page);
    await field(page, 'Name').fill('Acme');
    await field(page, 'Metadata').fill(await idp.metadata());
    await loading(page, () => page.getByRole('button', { name: 'Create' }).click());
    await expect(page.getByRole('heading', { name: 'Acme', level: 1 })).toBeVisible();
    await axe(page);
    const settings = new URL(page.url()).pathname;

    const email = address('saml');
    await open(page, settings);
    await page.getByRole('link', { name: 'Test sign-in' }).click();
    await signInAtSaml(page, 'S-1001');
    await page.waitForURL(/tested/);
    await expect(page.getByText('nobody: unknown_subject')).toBeVisible();

    // E-08: no message, active at once, and a link to hand over.
    const profile = await addElsewhere(page, email, 'S-1001');
    await expect(page.getByText('No message was sent')).toBeVisible();
    await open(page, settings);
    await loading(page, () => page.getByRole('button', { name: 'Switch on' }).click());
    await page.getByRole('link', { name: 'Test sign-in' }).click();
    await signInAtSaml(page, 'S-1001');
    await page.waitForURL(/tested/);
    await expect(page.getByText(`This would sign in ${email}`)).toBeVisible();
    await axe(page);

    const own = await another();
    await begin(own, email, 'Acme');
    await signInAtSaml(own, 'S-1001');
    // E-07: whoever has no name yet is asked for it at the first sign-in.
    await own.waitForURL('**/account?done=name');
    await expect(own.getByText('Add your name below')).toBeVisible();
    await hydrated(own);
    await field(own, 'First name').fill('Siri');
    await own.getByRole('button', { name: 'Save' }).first().click();
    await own.waitForURL('**/account?done=saved');
    await expect(own.getByText('by single sign-on')).toBeVisible();
    expect(await mailsTo(server.mail, email)).toEqual([]);
    await own.context().clearCookies();

    // Case 5: an unknown NameID is refused even when the email matches.
    await idp.control({ attributes: { mail: email } });
    await begin(own, email, 'Acme');
    await signInAtSaml(own, email);
    await expect(own.getByText(refused)).toBeVisible();

    // Case 6.
    const forgeries: [string, Parameters<typeof idp.control>[0]][] = [
      ['unsigned', { sign: 'none' }],
      ['wrongly signed', { key: 'other' }],
      ['for somebody else', { audience: 'https://elsewhere.example' }],
      ['to somewhere else', { recipient: 'https://elsewhere.example/acs' }],
      ['sent elsewhere', { destination: 'https://elsewhere.example/acs' }],
      ['by somebody else', { issuer: 'https://elsewhere.example' }],
      ['expired', { notOnOrAfter: -120 }],
      ['not asked for here', { inResponseTo: 'other' }],
      ['said before', { replay: true }],
    ];
    for (const [name, forgery] of forgeries) {
      await idp.control(forgery);
      await begin(own, email, 'Acme');
      await signInAtSaml(own, 'S-1001');
      await expect(own.getByText(refused), name).toBeVisible();
    }
    for (const sign of ['response', 'both', 'assertion'] as const) {
      await idp.control({ sign });
      await begin(own, email, 'Acme');
      await signInAtSaml(own, 'S-1001');
      await own.waitForURL(home);
      await own.context().clearCookies();
    }

    // A tile in the provider's portal: what nobody asked for starts a fresh sign-in.
    await idp.control({});
    await own.goto(idp.portal('S-1001'));
    await signInAtSaml(own, 'S-1001');
    await own.waitForURL(home);

    // Each refusal has its reason in the audit trail.
    await open(page, '/audit');
    const trail = page.getByRole('main');
    for (const reason of ['unknown_subject', 'unsigned', 'wrong_audience', 'confirmation_over', 'wrong_in_response_to']) {
      await expect(trail, reason).toContainText(reason);
    }

    // Suspended: not by any way.
    await open(page, profile);
    await field(page, 'Active').uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Suspended').first()).toBeVisible();
    await own.context().clearCookies();
    await begin(own, email, 'Acme');
    await signInAtSaml(own, 'S-1001');
    await expect(own.getByText(refused)).toBeVisible();
  } finally {
    await idp.stop();
  }
});

test('OpenID Connect: discovered, used, and never linked by email', async ({ page, signIn, another, server, problems }) => {
  test.setTimeout(240_000);
  problems.expectStatus(422);
  const idp = await startOpenid(server.url);
  try {
    await signIn(page, 'ada');
    await open(page, '/settings/sign-in/new/openid');
    await axe(page);
    await field(page, 'Name').fill('Globex');
    await field(page, 'Issuer').fill('https://nobody.invalid');
    await field(page, 'Client ID').fill(idp.clientId);
    await page.getByRole('button', { name: 'Create' }).click();
    await expect(field(page, 'Issuer')).toHaveAttribute('aria-invalid', 'true');
    await field(page, 'Issuer').fill(idp.url);
    await field(page, 'Client secret').fill(idp.clientSecret);
    await loading(page, () => page.getByRole('button', { name: 'Create' }).click());
    await expect(page.getByRole('heading', { name: 'Globex', level: 1 })).toBeVisible();
    await loading(page, () => page.getByRole('button', { name: 'Switch on' }).click());

    const email = address('oidc');
    await addElsewhere(page, email, 'O-2002', 'Globex'); // of two providers the form asks which
    const own = await another();
    await begin(own, email, 'Globex');
    await signInAtOpenid(own, 'O-2002');
    await own.waitForURL(home);

    await idp.control({ email, claims: { sub: 'O-somebody-else' } });
    const other = await another();
    await begin(other, email, 'Globex');
    await signInAtOpenid(other, 'O-2002');
    await expect(other.getByText(refused)).toBeVisible();
    for (const forgery of [{ key: 'other' }, { key: 'none' }, { claims: { nonce: 'x' } }, { claims: { aud: 'x' } }, { iss: 'https://x.example' }] as const) {
      await idp.control(forgery);
      await other.context().clearCookies();
      await begin(other, email, 'Globex');
      await signInAtOpenid(other, 'O-2002');
      await expect(other.getByText(refused), JSON.stringify(forgery)).toBeVisible();
    }
  } finally {
    await idp.stop();
  }
});

//
test('an account is turned over to single sign-on, and back', async ({ page, signIn, another, server, problems }) => {
  problems.expectStatus(401, 409);
  await signIn(page, 'ada');
  const own = await another();
  const email = address('over');
  const profile = await arrive(page, own, server.mail, email);
  await open(page, profile);
  await field(page, 'External ID').fill('T-3003');
  await rereading(page, () => page.getByRole('button', { name: 'Save' }).click());
  await page.getByText('Turn over to single sign-on').click();
  await field(page, 'Identity provider').selectOption('Acme');
  await page.getByRole('button', { name: 'Turn over', exact: true }).click();
  await expect(page.getByText('Single sign-on by Acme')).toBeVisible();
  await expectSignedOut(own);
  await hydrated(own);
  await sendSignIn(own, email, chosenPassword);
  await expect(own.getByRole('alert')).toBeVisible();

  await page.getByText('Turn back to a password').click();
  await page.getByRole('button', { name: 'Turn back and invite' }).click();
  await expect(page.getByText('Pending').first()).toBeVisible();
});

//
test('single sign-on can be required of a mail domain, and the last way in stays', async ({ page, signIn, another, server, problems }) => {
  problems.expectStatus(401, 409);
  await signIn(page, 'ada');
  const own = await another();
  const email = `sso-${Date.now()}@required.example`;
  const profile = await arrive(page, own, server.mail, email);
  await open(page, '/settings/sign-in');
  await field(page, 'Single sign-on is required').selectOption('Of everybody');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'No Administrator could sign in any more' })).toBeVisible();
  await field(page, 'Single sign-on is required').selectOption('Of some mail domains');
  await field(page, 'Mail domains').fill('required.example');
  await loading(page, () => page.getByRole('button', { name: 'Save' }).click());
  try {
    const stranger = await another();
    await open(stranger, '/sign-in');
    await sendEmail(stranger, email);
    await expect(stranger.getByRole('link', { name: 'Continue with Acme' })).toBeVisible();
    await expect(stranger.getByLabel('Password')).toBeHidden();
    await stranger.getByText('Other ways to sign in').click();
    await stranger.getByLabel('Password').fill(chosenPassword);
    await stranger.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(stranger.getByRole('alert')).toBeVisible();

    await open(page, profile);
    await page.getByRole('button', { name: 'Let them use a password all the same' }).click();
    await expect(page.getByRole('button', { name: 'End the exception' })).toBeVisible();
    await stranger.getByLabel('Password').fill(chosenPassword);
    await stranger.getByRole('button', { name: 'Sign in', exact: true }).click();
    await stranger.waitForURL(home);
  } finally {
    await open(page, '/settings/sign-in');
    await field(page, 'Single sign-on is required').selectOption('Of nobody');
    await loading(page, () => page.getByRole('button', { name: 'Save' }).click());
  }
});
