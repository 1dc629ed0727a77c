// What journeys do with offices and subjects before they come to their point.
import { expect, type Page } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { loading, open } from '../fixtures.ts';
import { field } from './employees.ts';

/** A name that nothing has yet. */
export const unique = (name: string) => `${name} ${randomBytes(3).toString('hex')}`;

/** Adds an office as the Administrator whose `page` it is; answers with the path of its page. */
export async function addOffice(page: Page, name: string) {
  await open(page, '/offices/new');
  await field(page, 'Name').fill(name);
  await page.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL('**/offices?done=office');
  return (await page.getByRole('main').getByRole('link', { name }).getAttribute('href'))!;
}

/** The path of an office's page. */
export async function officeOf(page: Page, name: string) {
  await open(page, '/offices');
  return (await page.getByRole('main').getByRole('link', { name }).first().getAttribute('href'))!;
}

/** Adds a subject to the category with this title, with everything else as the form proposes it. */
export async function addSubject(page: Page, title: string, category = 'Loans') {
  await open(page, '/subjects/new');
  await field(page, 'Title').fill(title);
  await field(page, 'Category').selectOption({ label: category });
  await loading(page, () => page.getByRole('button', { name: 'Create' }).click());
  await expect(page.getByRole('status').filter({ hasText: 'The subject was created.' })).toBeVisible();
  return (await page.getByRole('main').getByRole('link', { name: title }).getAttribute('href'))!;
}

/** Saves a form that stays where it is. */
export async function save(page: Page) {
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
}
