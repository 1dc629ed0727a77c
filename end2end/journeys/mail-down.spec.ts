import type { Page } from '@playwright/test';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { expect, hydrated, reload, test as base } from '../fixtures.ts';
import { add, address, chosenPassword, field, section } from '../support/employees.ts';
import { linkIn } from '../support/mails.ts';
import { signInByForm } from '../support/people.ts';
import { freePort } from '../support/staffroom.ts';

/** A mail server that is down until it is started; it is down again after each test. */
type MailServer = {
  start: () => Promise<void>;
  /** What it took for an address, the oldest first. */
  mailsTo: (address: string) => Email[];
};

const test = base.extend<{ mailServer: MailServer }, { mailPort: number }>({
  mailPort: [({}, use) => freePort().then(use), { scope: 'worker' }],

  settings: [({ mailPort }, use) => use({ STAFFROOM_MAIL: `smtp://127.0.0.1:${mailPort}` }), { scope: 'worker' }],

  mailServer: async ({ mailPort }, use) => {
    const taken: { to: string[]; mail: Email }[] = [];
    const mailServer = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      closeTimeout: 1, // Staffroom keeps its connection
      onData: async (stream, { envelope }, answer) => {
        const parts: Buffer[] = [];
        try {
          for await (const part of stream) parts.push(part);
        } catch {
          return; // it goes down in the middle of a mail, which then was not taken
        }
        taken.push({ to: envelope.rcptTo.map(({ address }) => address), mail: await PostalMime.parse(Buffer.concat(parts)) });
        answer();
      },
    });
    await use({
      start: () => new Promise((listening) => mailServer.listen(mailPort, '127.0.0.1', listening)),
      mailsTo: (address) => taken.filter(({ to }) => to.includes(address)).map(({ mail }) => mail),
    });
    await new Promise<void>((closed) => mailServer.close(closed));
  },
});

const invitation = (page: Page) => section(page, 'Invitation');

/** The page looks again by itself while a mail is on its way. */
async function expectStanding(page: Page, words: string) {
  await expect(invitation(page)).toContainText(words, { timeout: 15_000 });
}

/** Adds somebody while the mail server is down, and looks at what the page says of it. */
async function addInVain(page: Page, email: string) {
  await add(page, email);
  await expectStanding(page, 'Could not be sent yet');
  await expect(invitation(page)).toContainText("the mail server can't be reached: Connection refused");
  await expect(invitation(page)).toContainText('We keep trying');
  await expect(page.getByRole('main')).toContainText('Pending');
}

// Case 23, A-01
test('with the mail server down, the page says so; sent again, the mail arrives and its link works', async ({ page, signIn, another, mailServer }) => {
  const email = address('unreached');
  await signIn(page, 'ada');
  await addInVain(page, email);

  await mailServer.start();
  await invitation(page).getByRole('button', { name: 'Send again' }).click();
  await expect.poll(() => mailServer.mailsTo(email).length).toBe(1);
  await expectStanding(page, 'Sent');
  const [mail, ...more] = mailServer.mailsTo(email);
  expect(more).toEqual([]); // the first one, whose link is dead, was not sent too
  expect(mail!.to).toEqual([{ address: email, name: '' }]);

  const newcomer = await another();
  await newcomer.goto(linkIn(mail!, 'activate'));
  await hydrated(newcomer);
  await field(newcomer, 'First name').fill('Imke');
  await field(newcomer, 'Last name').fill('Vos');
  await field(newcomer, 'Password').fill(chosenPassword);
  await newcomer.getByRole('button', { name: 'Activate' }).click();
  await newcomer.waitForURL((url) => !url.pathname.startsWith('/activate/'));
  await signInByForm(await another(), email, chosenPassword);
  await reload(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Imke Vos');
});

// Case 23
test('with the mail server up again, the mail is sent without anybody asking', async ({ page, signIn, mailServer }) => {
  test.setTimeout(180_000);
  const email = address('patient');
  await signIn(page, 'ada');
  await addInVain(page, email);

  await mailServer.start();
  // The first pause is 15 s, the second a minute, and the outbox is looked through every 5 s.
  const retried = { timeout: 90_000 };
  await expect.poll(() => mailServer.mailsTo(email).length, retried).toBe(1);
  await expectStanding(page, 'Sent');
  linkIn(mailServer.mailsTo(email)[0]!, 'activate');
});
