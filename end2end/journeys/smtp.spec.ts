// Mails through a real mail server (aiosmtpd): what is to be read, in text and HTML, and what is not.
import { expect, loading, open, test as base } from '../fixtures.ts';
import { field } from '../support/employees.ts';
import { linkIn, mailsTo } from '../support/mails.ts';
import { startSmtp } from '../support/smtp.ts';
import { freePort } from '../support/staffroom.ts';

const test = base.extend<object, { mailPort: number }>({
  mailPort: [({}, use) => freePort().then(use), { scope: 'worker' }],
  settings: [({ mailPort }, use) => use({ STAFFROOM_MAIL: `smtp://127.0.0.1:${mailPort}` }), { scope: 'worker' }],
});

//
test('the link for a forgotten password arrives, and opens its page once', async ({ page, mailPort }) => {
  const server = await startSmtp(mailPort);
  try {
    await open(page, '/forgotten');
    await field(page, 'Email').fill('sam@demo.example');
    await loading(page, () => page.getByRole('button', { name: 'Send the link' }).click());
    // In the morning other mails to Sam wait, too.
    const found = async () =>
      (await mailsTo(server.mail, 'sam@demo.example')).find(({ subject }) => subject?.includes('A new password'));
    await expect.poll(found).toBeDefined();
    const mail = (await found())!;
    expect(mail.html).toContain('/reset/');
    const secret = linkIn(mail, 'reset').split('/').at(-1)!;
    expect(mail.headers.map(({ value }) => value).join(' ')).not.toContain(secret);
    await open(page, linkIn(mail, 'reset'));
    await expect(field(page, 'New password')).toBeVisible();
  } finally {
    await server.stop();
  }
});
