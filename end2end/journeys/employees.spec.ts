import { expect, loading, open, test } from '../fixtures.ts';
import { add, address, rows } from '../support/employees.ts';
import { people } from '../support/people.ts';

test.beforeEach(({ page, signIn }) => signIn(page, 'ada'));

// E-01
test('an Administrator finds the employees in the left panel', async ({ page }) => {
  await open(page, '/offices');
  const panel = page.getByRole('navigation', { name: 'Main' });
  await expect(panel.getByText('Organisation & Planning')).toBeVisible();
  await panel.getByRole('link', { name: 'Employees' }).click();
  await expect(page).toHaveURL(/\/employees$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Employees' })).toBeVisible();
});

// E-02
test('a row says who somebody is, in words', async ({ page }) => {
  await open(page, '/employees');
  await page.getByRole('searchbox').fill(people.sam.email);
  await expect(rows(page)).toHaveCount(1);
  const row = page.getByRole('row').filter({ hasText: people.sam.email });
  await expect(row).toContainText('Agent');
  await expect(row).toContainText('Ghent');
  await expect(row).toContainText('Antwerp');
  await expect(row).toContainText('Active');
});

// E-03
test('search finds any part of a name or email, whatever case and accents', async ({ page }) => {
  const email = address('zoe');
  await add(page, email, { 'First name': 'Zoë', 'Last name': 'Østergård-Łuczak' });
  for (const typed of ['ZOE', 'ostergard', 'luczak', 'Østergård', email.slice(1, 9).toUpperCase()]) {
    await open(page, '/employees');
    await page.getByRole('searchbox').pressSequentially(typed);
    await expect(rows(page)).toHaveCount(1);
    await expect(page.getByRole('main')).toContainText(email);
  }
});

test('a search without a match says what is filtered, and how to clear it', async ({ page }) => {
  await open(page, '/employees');
  await page.getByRole('searchbox').fill('nobody is called this');
  await expect(rows(page)).toHaveCount(0);
  await expect(page.getByRole('main')).toContainText('nobody is called this');
  await page.getByRole('main').getByRole('link', { name: /^Clear/ }).first().click();
  await expect(rows(page)).toHaveCount(25);
});

// E-04
test('filters are in the address: they can be shared, reloaded and left with Back', async ({ page, another }) => {
  await open(page, '/employees');
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('checkbox', { name: 'Pending' }).check();
  await page.getByRole('checkbox', { name: 'Suspended' }).check();
  await loading(page, () => page.getByRole('button', { name: 'Apply' }).click());
  await expect(page).toHaveURL(/pending.*suspended/i);
  const found = await rows(page).allInnerTexts();
  expect(found.length).toBeGreaterThan(0);

  const shared = await another('ada');
  await open(shared, page.url());
  await expect(rows(shared)).toHaveText(found, { useInnerText: true });

  await page.goBack();
  await expect(page).toHaveURL(/\/employees$/);
  await expect(rows(page)).toHaveCount(25);
});

// E-05
test('columns sort, and say so', async ({ page }) => {
  await open(page, '/employees');
  const status = page.getByRole('columnheader', { name: 'Status' });
  await status.getByRole('link').click();
  await expect(status).toHaveAttribute('aria-sort', 'ascending');
  await status.getByRole('link').click();
  await expect(status).toHaveAttribute('aria-sort', 'descending');
});

// E-05
test('pages follow each other, and Back comes back', async ({ page }) => {
  await open(page, '/employees');
  const shown = () => rows(page).evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const first = await shown(); // by address: two people may have one name
  expect(first).toHaveLength(25);
  await expect(page.getByRole('main')).toContainText(/1–25 of \d+/);

  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByRole('main')).toContainText(/26–\d+ of \d+/);
  const second = await shown();
  expect(second.filter((row) => first.includes(row))).toEqual([]);

  await page.goBack();
  await expect.poll(shown).toEqual(first);
});
