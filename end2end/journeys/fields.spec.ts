import { expect, open, test } from '../fixtures.ts';
import { address, create, field } from '../support/employees.ts';

// E-09
test('fields that customers see are marked, and required ones in another way', async ({ page, signIn }) => {
  await signIn(page, 'ada');
  await open(page, '/employees/new');
  await page.getByLabel('Agent').check();
  const marked = ['First name', 'Last name', 'Email', 'Phone', 'Function', 'Introduction', 'Video link'];
  for (const label of marked) await expect(page.locator('.field').filter({ hasText: label }).first()).toContainText('visible to customers');
  const external = page.locator('.field').filter({ hasText: 'External ID' });
  await expect(external).not.toContainText('visible to customers');

  await expect(field(page, 'Email')).toHaveAttribute('required');
  await expect(field(page, 'External ID')).not.toHaveAttribute('required');
  await page.getByLabel(/Bypass the user activation flow/).check();
  await expect(field(page, 'External ID')).toHaveAttribute('required');
});

// E-10
test('the role Agent brings what concerns agents, with Online planning on at first', async ({ page, signIn, call, problems }) => {
  problems.expectStatus(422);
  await signIn(page, 'ada');
  await open(page, '/employees/new');
  for (const label of ['Online planning', 'Function', 'Introduction', 'Video link']) await expect(field(page, label)).toBeHidden();
  await page.getByLabel('Agent').check();
  for (const label of ['Online planning', 'Function', 'Introduction', 'Video link']) await expect(field(page, label)).toBeVisible();
  await expect(field(page, 'Online planning')).toBeChecked();

  const profile = await create(call, page, { email: address('agent'), 'roles[]': ['agent'], online_planning: 'true' });
  await open(page, profile);
  await expect(field(page, 'Online planning')).toBeChecked();
  await field(page, 'Video link').fill('javascript:alert(1)');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(field(page, 'Video link')).toHaveAttribute('aria-invalid', 'true');
  await field(page, 'Video link').fill('https://meet.example/ada');
  await field(page, 'Online planning').uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await open(page, profile);
  await expect(field(page, 'Online planning')).not.toBeChecked();
  await expect(field(page, 'Video link')).toHaveValue('https://meet.example/ada');
});
