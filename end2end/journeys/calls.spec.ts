// Who is on a call, as a PBX says on its manager interface; what is said there of breaks.
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, open, test } from '../fixtures.ts';
import { startAsterisk } from '../support/asterisk.ts';
import { axe } from '../support/axe.ts';
import { field } from '../support/employees.ts';
import { people, signInByForm } from '../support/people.ts';
import { serve } from '../support/staffroom.ts';
import type { Page } from '@playwright/test';

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

// C-14
test('the monitor shows who is on a call, live, and a break reaches the PBX', async ({ page, signIn, browser, contextOptions, problems }) => {
  await signIn(page, 'ada');
  await open(page, '/contact-centre/pbxs');
  const href = await page.getByRole('main').getByRole('link', { name: 'Ghent PBX' }).getAttribute('href');
  const asterisk = await startAsterisk();
  const folder = await mkdtemp(join(tmpdir(), 'staffroom-calls-'));
  await cp(process.env.STAFFROOM_TEMPLATE!, folder, { recursive: true }); // in which the PBX has the same id
  const managers = join(folder, 'managers.toml');
  const access = `address = "${asterisk.address}"\nusername = "staffroom"\nsecret = "s3cret"\n`;
  await writeFile(managers, `["${href!.split('/').pop()}"]\n${access}`);
  const server = await serve(folder, { STAFFROOM_PBX_MANAGERS: managers });
  const context = await browser.newContext({ ...contextOptions, baseURL: server.url, locale: 'en-GB' });
  problems.watch(context);
  try {
    const lee = await context.newPage();
    await signInByForm(lee, people.lee.email);
    await open(lee, '/contact-centre/monitor');
    await row(lee, 'Sam Okonkwo').getByRole('link').click();
    const extension = lee.getByRole('term').filter({ hasText: 'Extension' }).locator('xpath=following-sibling::dd');
    const dialled = (await extension.innerText()).trim();
    expect(dialled).toMatch(/^\d{3,6}$/);

    await Promise.all([lee.waitForResponse('**/events'), open(lee, '/contact-centre/monitor')]);
    asterisk.says(dialled, 8);
    await expect(row(lee, 'Sam Okonkwo')).toContainText('Ringing');
    asterisk.says(dialled, 1);
    await expect(row(lee, 'Sam Okonkwo')).toContainText('On a call');
    await axe(lee);
    await lee.getByRole('navigation', { name: 'States' }).getByRole('link', { name: /1\s*On a call/ }).click();
    await expect(lee).toHaveURL(/phone=on_call/);
    await expect(row(lee, 'Sam Okonkwo')).toBeVisible();
    await expect(lee.locator('tbody tr')).toHaveCount(1);
    asterisk.says(dialled, 0);
    await expect(row(lee, 'Sam Okonkwo')).toHaveCount(0);

    await open(lee, '/contact-centre/monitor');
    await row(lee, 'Sam Okonkwo').getByRole('link').click();
    await expect(lee.getByRole('main')).toContainText('No call');
    await field(lee, 'State').selectOption({ label: 'On break' });
    await lee.getByRole('button', { name: 'Set state' }).click();
    await expect(lee.locator('.head')).toContainText('On break');
    await expect.poll(() => asterisk.pauses.at(-1)).toBe(`${dialled} true`);

    // What is not heard any more is not shown.
    await asterisk.stop();
    await open(lee, '/contact-centre/monitor');
    await expect(lee.getByRole('columnheader', { name: 'Phone' })).toHaveCount(0);
    await context.clearCookies();
    await signInByForm(lee, people.ada.email);
    await open(lee, `${href}/provisioning`);
    await expect(lee.getByRole('main')).toContainText('Its manager interface is not connected');
  } finally {
    await context.close();
    await server.stop();
    await asterisk.stop().catch(() => undefined);
    await rm(folder, { recursive: true });
  }
});
