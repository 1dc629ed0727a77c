import { join } from 'node:path';
import { test } from './fixtures.ts';
import { pages, show } from './support/pages.ts';

const folder = join(import.meta.dirname, '../target/screenshots');

for (const shown of pages) {
  test(shown.name, async ({ page, server, problems, signIn, another }, { project }) => {
    await show(shown, { page, server, problems, signIn, another });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(folder, `${shown.name}-${project.name}-${colorScheme}.png`), fullPage: true, animations: 'disabled' });
    }
  });
}
