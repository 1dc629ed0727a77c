import { expect, test } from '../fixtures.ts';
import { axe, expectNothingSideways } from '../support/axe.ts';
import { pages, show } from '../support/pages.ts';

for (const shown of pages) {
  test(`${shown.name} can be used by everybody`, async ({ page, server, problems, signIn, another }) => {
    const answer = await show(shown, { page, server, problems, signIn, another });
    expect(answer?.status()).toBe(shown.status ?? 200);
    await expect(page).toHaveTitle(shown.title ?? /Staffroom/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expect(page.getByRole('main')).toHaveCount(1);
    await axe(page);
    await expectNothingSideways(page);

    await page.setViewportSize({ width: 320, height: 640 });
    await expectNothingSideways(page);
  });
}
