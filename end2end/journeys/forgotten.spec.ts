// a forgotten password is replaced through a mailed link.
import { expect, loading, open, test } from '../fixtures.ts';
import { axe } from '../support/axe.ts';
import { address, arrive, chosenPassword, field } from '../support/employees.ts';
import { linkIn, mailTo, mailsTo } from '../support/mails.ts';
import { expectSignedOut, sendEmail, sendSignIn, signInByForm } from '../support/people.ts';

const another_password = 'brass kettle under the willow';

//
test('who forgot their password chooses another, once, and is signed out everywhere', async ({ page, signIn, another, server, problems }) => {
  problems.expectStatus(401, 410, 422);
  const email = address('forgot');
  await signIn(page, 'ada');
  const own = await another();
  await arrive(page, own, server.mail, email);

  const stranger = await another();
  await open(stranger, '/sign-in');
  await sendEmail(stranger, email);
  await stranger.getByRole('link', { name: 'Forgotten your password?' }).click();
  await expect(stranger).toHaveURL(/\/forgotten/);
  await expect(field(stranger, 'Email')).toHaveValue(email);
  await axe(stranger);
  await loading(stranger, () => stranger.getByRole('button', { name: 'Send the link' }).click());
  await expect(stranger.getByText('Look into your mail')).toBeVisible();

  const link = linkIn(await mailTo(server.mail, email, 2), 'reset');
  await open(stranger, link);
  await axe(stranger);
  for (const weak of ['short', 'passwordpassword', `${email} password`]) {
    await field(stranger, 'New password').fill(weak);
    await stranger.getByRole('button', { name: 'Change password' }).click();
    await expect(field(stranger, 'New password'), weak).toHaveAttribute('aria-invalid', 'true');
    await expect(stranger.getByRole('alert')).toBeFocused(); // by this answer, not the one before
  }
  await field(stranger, 'New password').fill(another_password);
  await loading(stranger, () => stranger.getByRole('button', { name: 'Change password' }).click());
  await expect(stranger.getByText('Your password was changed. Sign in with it.')).toBeVisible();
  expect((await mailTo(server.mail, email, 3)).text).toContain('was changed');

  await open(stranger, link);
  await expect(stranger.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
  await own.goto('/account');
  await expectSignedOut(own);
  await open(own, '/sign-in');
  await sendSignIn(own, email, chosenPassword);
  await expect(own.getByRole('alert')).toBeVisible();
  await signInByForm(own, email, another_password);
});

// nobody is told whether there is an account; those of single sign-on get no mail.
test('an email that is nobody’s is answered alike, and gets no mail', async ({ page, server }) => {
  const nobody = address('nobody');
  await open(page, '/forgotten');
  await field(page, 'Email').fill(nobody);
  await loading(page, () => page.getByRole('button', { name: 'Send the link' }).click());
  await expect(page.getByText('Look into your mail')).toBeVisible();
  await open(page, '/forgotten');
  await field(page, 'Email').fill('sam@demo.example');
  await loading(page, () => page.getByRole('button', { name: 'Send the link' }).click());
  // Sam also gets mails of other journeys, and the one of the morning.
  const links = async () =>
    (await mailsTo(server.mail, 'sam@demo.example')).filter((mail) => mail.text?.includes('/reset/'));
  await expect.poll(async () => (await links()).length).toBe(1);
  expect(await mailsTo(server.mail, nobody)).toEqual([]);
});
