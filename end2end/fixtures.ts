// What every journey starts with: `import { test, expect } from '../fixtures.ts'`.
import { expect, test as base, type APIResponse, type BrowserContext, type Page } from '@playwright/test';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { people, signInByForm, type Person } from './support/people.ts';
import { Problems } from './support/problems.ts';
import { serve, type Server } from './support/staffroom.ts';

export { expect } from '@playwright/test';

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

/** After half an hour what matters most asks to sign in again; no journey takes ten minutes. */
const recent = 20 * 60_000;

type OfWorker = {
  /** Settings of the server that are not the usual ones. */
  settings: NodeJS.ProcessEnv;
  /** A server with a fresh copy of the demo data; the journeys of one worker share it. */
  server: Server;
  /** The cookies of a person's session, from a real sign-in of the last minutes. Don't sign out with them. */
  session: (person: Person) => Promise<Cookies>;
};

export type OfTest = {
  /** Fails the journey on any error in a page or its console. */
  problems: Problems;
  /** Makes `page` that of a person, without the form. */
  signIn: (page: Page, person: Person) => Promise<void>;
  /** A page in a browser of its own, of a person or of nobody. */
  another: (person?: Person) => Promise<Page>;
  /** Posts to a server function as the page would, with the page's session. A repeated field is `'roles[]': […]`. */
  call: (page: Page, path: string, fields: Record<string, string | string[]>) => Promise<APIResponse>;
};

export const test = base.extend<OfTest, OfWorker>({
  settings: [{}, { scope: 'worker', option: true }],

  server: [
    async ({ settings }, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'staffroom-worker-'));
      try {
        await cp(process.env.STAFFROOM_TEMPLATE!, folder, { recursive: true });
        const server = await serve(folder, settings);
        await use(server);
        await server.stop();
      } finally {
        await rm(folder, { recursive: true });
      }
    },
    { scope: 'worker' },
  ],

  session: [
    async ({ browser, server }, use) => {
      const known = new Map<Person, { cookies: Cookies; at: number }>();
      await use(async (person) => {
        const before = known.get(person);
        if (before && Date.now() - before.at < recent) return before.cookies;
        const context = await browser.newContext({ baseURL: server.url });
        await signInByForm(await context.newPage(), people[person].email);
        const session = { cookies: await context.cookies(), at: Date.now() };
        known.set(person, session);
        await context.close();
        return session.cookies;
      });
    },
    { scope: 'worker' },
  ],

  baseURL: ({ server }, use) => use(server.url),

  problems: async ({ server }, use, info) => {
    const problems = new Problems();
    const before = server.output().length;
    await use(problems);
    if (info.status !== info.expectedStatus) await info.attach('server', { body: server.output().slice(before) });
    problems.check();
  },

  context: async ({ context, problems, javaScriptEnabled }, use) => {
    problems.watch(context);
    await slow(context);
    await use(context);
    await settled(context, javaScriptEnabled);
  },

  signIn: ({ session }, use) => use(async (page, person) => page.context().addCookies(await session(person))),

  another: async (
    { browser, contextOptions, viewport, isMobile, hasTouch, javaScriptEnabled, locale, baseURL, problems, signIn },
    use,
  ) => {
    const like = { ...contextOptions, viewport, isMobile, hasTouch, javaScriptEnabled, locale, baseURL };
    const contexts: BrowserContext[] = [];
    await use(async (person) => {
      const context = await browser.newContext(like);
      contexts.push(context);
      problems.watch(context);
      await slow(context);
      const page = await context.newPage();
      if (person) await signIn(page, person);
      return page;
    });
    for (const context of contexts) {
      await settled(context, javaScriptEnabled);
      await context.close();
    }
  },

  call: ({ server }, use) =>
    use((page, path, fields) => {
      const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
      const headers = {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        origin: server.url,
      };
      return page.request.post(path, { headers, data: new URLSearchParams(pairs).toString(), maxRedirects: 0 });
    }),
});

/**
 * Lets every answer of a server function and the WebAssembly arrive `SLOW` milliseconds late, as on a bad
 * line: a journey that acts before its page is ready then fails each time, and not one time in fifty.
 */
async function slow(context: BrowserContext) {
  const late = Number(process.env.SLOW ?? 0);
  if (late === 0) return;
  await context.route(/\/api\/|\.wasm$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, late));
    await route.continue().catch(() => undefined); // the page may be gone
  });
}

/** Waits until no page is on its way: one of sixty browsers that are closed meanwhile never answers. */
async function settled(context: BrowserContext, scripts: boolean | undefined) {
  for (const page of context.pages()) {
    await page.waitForLoadState('load', { timeout: 5_000 }).catch(() => undefined);
    const ours = await page.locator('script[type=module]').count().catch(() => 0);
    const alive = page.locator('html[data-hydrated]');
    if (scripts !== false && ours) await alive.waitFor({ state: 'attached', timeout: 5_000 }).catch(() => undefined);
  }
}

/** Opens a page and waits until the WebAssembly has taken it over. */
export async function open(page: Page, path: string) {
  const answer = await page.goto(path);
  await hydrated(page);
  return answer;
}

/** Waits until the WebAssembly has taken the page over. */
export async function hydrated(page: Page) {
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
}

/** Loads the page again and waits until the WebAssembly has taken it over. */
export async function reload(page: Page) {
  await page.reload();
  await hydrated(page);
}

/** Does what makes the page read its employee again, and waits until it shows what it read. */
export async function rereading(page: Page, act: () => Promise<unknown>) {
  const version = page.locator('input[name=version]').first();
  const before = await version.inputValue();
  await act();
  await expect(version).not.toHaveValue(before);
}

/** Does what makes the browser load a page, and waits until the WebAssembly has taken the new one over. */
export async function loading(page: Page, act: () => Promise<unknown>) {
  await Promise.all([page.waitForEvent('load'), act()]);
  await hydrated(page);
}
