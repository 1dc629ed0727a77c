// P-05: a customer books, moves and cancels, without an account, on a phone as at a desk, with scripts and without.
import { expect, open, test } from '../fixtures.ts';
import { axe, expectNothingSideways } from '../support/axe.ts';
import { phone } from '../support/devices.ts';
import { nextWeek } from '../support/booking.ts';
import { address, field } from '../support/employees.ts';
import { linkIn, mailTo } from '../support/mails.ts';
import { randomBytes } from 'node:crypto';
import type { FrameLocator, Page } from '@playwright/test';

// Each customer calls from elsewhere: from one address nobody books twenty times in an hour.
test.use({
  settings: { STAFFROOM_TRUSTED_PROXIES: '127.0.0.1' },
  extraHTTPHeaders: ({}, use) => use({ 'x-forwarded-for': [10, ...randomBytes(3)].join('.') }),
});

const subject = 'Open an account';

const heading = (page: Page | FrameLocator) => page.getByRole('heading', { level: 1 });

/** Chooses subject, office and agent as far as there is a choice, and stops at the times of next week. */
async function toTimes(page: Page | FrameLocator) {
  await page.getByRole('main').getByRole('link', { name: subject }).click();
  await expect(heading(page)).not.toHaveText('What is it about?');
  for (const [title, choice] of [
    ['Where?', 'Ghent'],
    ['With whom?', 'Anybody who is free'],
  ] as const) {
    if ((await heading(page).textContent()) !== title) continue;
    await page.getByRole('main').getByRole('link', { name: choice }).click();
    await expect(heading(page)).not.toHaveText(title);
  }
  await expect(heading(page)).toHaveText('When?');
  await nextWeek(page);
}

/** The buttons of the free times, in order. */
const times = (page: Page | FrameLocator) => page.locator('.times button');

/** Types an answer to every question that wants one. */
async function answer(page: Page) {
  for (const question of await page.locator('textarea[name^="answer-"]').all()) await question.fill('Yes, thank you');
}

async function book(page: Page, email: string) {
  await page.goto('/book');
  await toTimes(page);
  await times(page).first().click();
  await expect(heading(page)).toHaveText('Your details');
  await field(page, 'Your name').fill('Carla Customer');
  await field(page, 'Your email').fill(email);
  await field(page, 'Your phone number').fill('+32 470 12 34 56');
  await answer(page);
  await page.getByRole('button', { name: 'Book' }).click();
  await page.waitForURL(/\/book\/appointment\/[^/?]+\?done=booked/);
  return new URL(page.url()).pathname;
}

for (const [name, use] of [
  ['at a desk', {}],
  ['on a phone', phone],
  ['on a phone without scripts', { ...phone, javaScriptEnabled: false }],
] as const) {
  test.describe(name, () => {
    test.use(use);

    // P-02, P-05
    test('a customer books, moves and cancels by the link in their mail', async ({ page, server }) => {
      const email = address('carla');
      await book(page, email);
      await expect(page.getByRole('status')).toContainText(/Your appointment is booked|We got your request/);
      await expect(page.getByRole('main')).toContainText('Carla Customer');
      const mail = await mailTo(server.mail, email);
      expect(mail.attachments.length).toBeGreaterThan(0);

      await page.goto(linkIn(mail, 'book'));
      await expect(heading(page)).toHaveText('Your appointment');
      const before = await page.locator('.chosen').innerText();
      await page.getByRole('link', { name: 'Change the time' }).click();
      await expect(heading(page)).toHaveText('When?');
      await nextWeek(page);
      await times(page).last().click();
      await page.getByRole('button', { name: 'Take this time' }).click();
      await page.waitForURL(/\?done=moved/);
      expect(await page.locator('.chosen').innerText()).not.toBe(before);
      await mailTo(server.mail, email, 2);

      await page.getByText('Cancel the appointment').click();
      await field(page, 'Why?').fill('I am ill');
      await page.getByRole('button', { name: 'Yes, cancel it' }).click();
      await page.waitForURL(/\?done=cancelled/);
      await expect(page.getByRole('status')).toContainText('Your appointment is cancelled');
      await expect(page.getByRole('main')).toContainText('I am ill');
      await expect(page.getByRole('link', { name: 'Change the time' })).toHaveCount(0);
      await mailTo(server.mail, email, 3);
    });

    // P-05
    test('what is missing is said beside its field, and nothing typed is lost', async ({ page, problems }) => {
      problems.expectStatus(422);
      await page.goto('/book');
      await toTimes(page);
      await times(page).nth(1).click();
      await field(page, 'Your name').fill('Carla Customer');
      await field(page, 'Your email').fill('carla at home');
      await page.getByRole('button', { name: 'Book' }).click();
      await expect(page.getByRole('alert')).toContainText(/There (is a problem|are \d+ problems)/);
      await expect(field(page, 'Your email')).toHaveAttribute('aria-invalid', 'true');
      await expect(field(page, 'Your email')).toHaveValue('carla at home');
      await expect(field(page, 'Your name')).toHaveValue('Carla Customer');
      await page.getByRole('alert').getByRole('link').first().click();
      await expect(page).toHaveURL(/#email$/);
    });

    // P-04, P-05
    test('of two customers with one time, the second chooses another and types nothing again', async ({ page, another, problems }) => {
      problems.expectStatus(409);
      const second = await another();
      for (const [number, one] of [page, second].entries()) {
        await one.goto('/book');
        await one.getByRole('main').getByRole('link', { name: subject }).click();
        await expect(heading(one)).not.toHaveText('What is it about?');
        if ((await heading(one).textContent()) === 'Where?') {
          await one.getByRole('main').getByRole('link', { name: 'Ghent' }).click();
          await expect(heading(one)).not.toHaveText('Where?');
        }
        // The same person for both: the first who is offered.
        if ((await heading(one).textContent()) === 'With whom?') {
          await one.locator('a.choice.agent').first().click();
        }
        await expect(heading(one)).toHaveText('When?');
        await nextWeek(one);
        await times(one).first().click();
        await field(one, 'Your name').fill(`Customer ${number}`);
        await field(one, 'Your email').fill(address(`customer${number}`));
        await field(one, 'Your phone number').fill('+32 470 12 34 56');
        await answer(one);
      }
      await page.getByRole('button', { name: 'Book' }).click();
      await page.waitForURL(/\?done=booked/);
      await second.getByRole('button', { name: 'Book' }).click();
      await expect(second.getByRole('alert')).toContainText('This time was just taken');
      await expect(field(second, 'Your name')).toHaveValue('Customer 1');
      await second.getByRole('radio').last().check();
      await second.getByRole('button', { name: 'Book' }).click();
      await second.waitForURL(/\?done=booked/);
    });
  });
}

// 3-experience: everybody can use every step.
test('every step can be used by everybody', async ({ page }) => {
  const looked = async () => {
    await axe(page);
    await expectNothingSideways(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await expectNothingSideways(page);
    await page.setViewportSize({ width: 1280, height: 900 });
  };
  await page.goto('/book');
  await page.getByRole('main').getByRole('link', { name: subject }).click();
  await expect(heading(page)).not.toHaveText('What is it about?');
  await looked();
  await page.goto('/book');
  await toTimes(page);
  await looked();
  await times(page).nth(2).click();
  await expect(heading(page)).toHaveText('Your details');
  await looked();
  const path = await book(page, address('axe'));
  await page.getByText('Cancel the appointment').click();
  await looked();
  await page.goto(`${path}/time`);
  await looked();
});

// P-05: the organisation's words, colour and embedding.
test('an Administrator gives the page its words and colour', async ({ page, signIn, another, problems }) => {
  problems.expectStatus(422);
  await signIn(page, 'ada');
  await open(page, '/settings/booking');
  await field(page, 'Words of welcome').fill('Welcome to our booking page');
  await field(page, 'Colour').fill('purple');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(field(page, 'Colour')).toHaveAttribute('aria-invalid', 'true');
  await field(page, 'Colour').fill('#6a1b9a');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(/\/settings\/booking\?done=saved/);
  await page.getByLabel('Picture').setInputFiles({
    name: 'logo.png',
    mimeType: 'image/png',
    buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
  });
  await page.getByRole('button', { name: 'Upload' }).click();
  await page.waitForURL(/\?done=logo$/);
  const customer = await another();
  await customer.goto('/book');
  await expect(customer.getByRole('main')).toContainText('Welcome to our booking page');
  await expect(customer.locator('header img')).toHaveJSProperty('naturalWidth', 1);
  await axe(customer);
});

// P-05, 5-proof "Page": other sites show the page when they are named, and only then.
test('the page is shown inside of a site that is named, as high as it is', async ({ page, signIn, another, server, problems }) => {
  const site = 'https://www.example.org/';
  problems.expectText(/frame-ancestors/);
  await page.context().route(site, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>A site</title><h1>A site</h1><script src="${server.url}/book/embed.js" data-title="Book with us"></script>`,
    }),
  );
  await page.goto(site);
  const frame = page.frameLocator('iframe[title="Book with us"]');
  await expect(frame.getByRole('heading', { level: 1 })).toHaveCount(0);

  const administrator = await another('ada');
  await open(administrator, '/settings/booking');
  await field(administrator, 'Sites that may embed it').fill('https://www.example.org');
  await administrator.getByRole('button', { name: 'Save' }).click();
  await administrator.waitForURL(/\?done=saved/);

  await page.goto(site);
  await expect(heading(frame)).toHaveText('What is it about?');
  const height = async () => (await page.locator('iframe').boundingBox())!.height;
  const whole = async () => page.frames()[1]!.evaluate(() => document.documentElement.getBoundingClientRect().height);
  await expect.poll(async () => Math.abs((await height()) - Math.ceil(await whole()))).toBeLessThanOrEqual(1);
  await toTimes(frame);
  await times(frame).first().click();
  await frame.getByLabel('Your name').fill('Framed Customer');
  await frame.getByLabel('Your email').fill(address('framed'));
  await frame.getByLabel('Your phone number').fill('+32 470 12 34 56');
  for (const question of await frame.locator('textarea[name^="answer-"]').all()) await question.fill('Yes');
  await frame.getByRole('button', { name: 'Book' }).click();
  await expect(heading(frame)).toHaveText('Your appointment');
  await signIn(page, 'ada'); // a session is of no use to the frame, and does it no harm
});

// O-03
test('staff read what customers can book, and why not the rest', async ({ page, signIn, problems }) => {
  problems.expectStatus(403);
  await signIn(page, 'ada');
  await open(page, '/appointments/offered');
  await page.getByRole('navigation', { name: 'Offices' }).getByRole('link', { name: 'Ghent' }).click();
  await expect(page.getByRole('row').filter({ hasText: subject })).toContainText('Customers can book it');
  await axe(page);
  await signIn(page, 'lee');
  expect((await open(page, '/appointments/offered'))?.status()).toBe(403);
});
