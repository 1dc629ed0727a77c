import { expect, hydrated, open, reload, test } from '../fixtures.ts';
import { expectNothingSideways } from '../support/axe.ts';
import { add, address, field, rows } from '../support/employees.ts';
import { openTeam, people, signInByForm } from '../support/people.ts';

// E-19, case 7
test('an Office Manager reaches exactly the employees of their office, on a phone', async ({ page, another, problems }) => {
  problems.expectStatus(404);
  const stranger = await add(await another('ada'), address('elsewhere'), { 'First name': 'Elsa' });

  await signInByForm(page, people.max.email);
  await hydrated(page);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Team' }).tap();
  await page.waitForURL(/\/team\//);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Ghent');
  await expectNothingSideways(page);

  await page.getByRole('searchbox').fill('elsa');
  await expect(rows(page)).toHaveCount(0);
  expect((await open(page, stranger))?.status()).toBe(404);
});

// E-19
test('they search, filter, and change what they may', async ({ page, signIn }) => {
  await signIn(page, 'max');
  await openTeam(page);
  await page.getByRole('button', { name: 'Filter' }).tap();
  await page.getByRole('checkbox', { name: 'Active' }).check();
  await page.getByRole('button', { name: 'Apply' }).tap();
  await expect(page).toHaveURL(/active/i);
  await page.getByRole('searchbox').fill(people.sam.email);
  await expect(rows(page)).toHaveCount(1);
  await rows(page).tap();
  await page.waitForURL(/\/employees\/[0-9a-f-]{36}\b/);
  await hydrated(page);

  await field(page, 'Function').fill('Adviser for starters');
  await page.getByRole('button', { name: 'Save' }).tap();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await reload(page);
  await expect(field(page, 'Function')).toHaveValue('Adviser for starters');
  await expect(field(page, 'First name')).not.toBeEditable();
});

test('what is tapped is large enough for a thumb', async ({ page, signIn }) => {
  await signIn(page, 'max');
  await openTeam(page);
  const tapped = page.getByRole('navigation', { name: 'Main' }).getByRole('link').or(page.getByRole('main').getByRole('button'));
  for (const control of await tapped.all()) {
    const box = await control.boundingBox();
    if (box) expect.soft(box.height, await control.innerText()).toBeGreaterThanOrEqual(44);
  }
});
