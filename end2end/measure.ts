// For bin/bench: bytes and requests of Employees and of the booking page, key press to painted rows, and Lighthouse.
import { test, type BrowserContext, type Page } from '@playwright/test';
import lighthouse, { desktopConfig } from 'lighthouse';
import { writeFile } from 'node:fs/promises';

const url = process.env.BENCH_URL!;
const cookie = process.env.BENCH_COOKIE!;
const runs = Number(process.env.BENCH_RUNS);

type Loaded = { path: string; bytes: number };

test('what the browser sees', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 900 } });
  const [name, value] = cookie.split('=');
  await context.addCookies([{ name: name!, value: value!, url }]);
  const first = await visit(context, '/employees');
  const repeat = await visit(context, '/employees');
  const booking = await visit(context, '/book');
  const keys = await type(context);
  await context.close();
  const judged = [];
  for (const page of ['/sign-in', '/employees', '/book']) {
    for (const device of ['desktop', 'mobile'] as const) judged.push(await judge(page, device));
  }
  const report = { first: { files: first }, repeat: { files: repeat }, booking: { files: booking }, keys, lighthouse: judged };
  await writeFile(process.env.BENCH_REPORT!, JSON.stringify(report, null, 2));
});

/** Opens a page in a new tab, and answers with everything that came over the wire for it. */
async function visit(context: BrowserContext, path: string): Promise<Loaded[]> {
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  const paths = new Map<string, string>();
  const loaded: Loaded[] = [];
  wire.on('Network.responseReceived', ({ requestId, response, type }) => {
    const stream = type === 'EventSource'; // stays open, and brings nothing that the page waits for
    if (!stream && !response.fromDiskCache && response.url.startsWith(url)) {
      paths.set(requestId, response.url.slice(url.length));
    }
  });
  wire.on('Network.requestServedFromCache', ({ requestId }) => paths.delete(requestId));
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = paths.get(requestId);
    if (path !== undefined && encodedDataLength > 0) loaded.push({ path, bytes: encodedDataLength });
  });
  await wire.send('Network.enable');
  await page.goto(path);
  if (path !== '/book') await hydrated(page);
  await page.waitForTimeout(1_500); // what is fetched once it is alive belongs to it
  await page.close();
  return loaded;
}

/** Types the beginnings of names, and answers with the times from key press to painted rows. */
async function type(context: BrowserContext) {
  const page = await context.newPage();
  await page.goto('/employees');
  await hydrated(page);
  const names = await page.locator('table.employees .who a').allInnerTexts();
  const words = [...new Set(names.map((name) => name.trim().split(/\s+/)[0]!.toLowerCase()))].filter((word) => /^[a-z]{4}/.test(word));
  await page.evaluate(watch);
  const times: number[] = [];
  for (const word of words.slice(0, 12)) {
    for (const letter of [...word].slice(0, 4)) {
      await page.evaluate(() => (window.painted = 0));
      const answer = page.waitForResponse((response) => response.url().includes('/api/list_employees'));
      await page.getByRole('searchbox').press(letter);
      await answer;
      await page.waitForTimeout(250);
      const painted = await page.evaluate(() => window.painted);
      if (painted > 0) times.push(painted);
    }
    await page.goto('/employees');
    await hydrated(page);
    await page.evaluate(watch);
    await page.getByRole('searchbox').focus();
  }
  await page.close();
  if (times.length === 0) throw new Error('no key press changed the rows');
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.max(0, Math.ceil(times.length * share) - 1)] ?? Number.NaN;
  return { count: times.length, p50: at(0.5), p95: at(0.95) };
}

declare global {
  interface Window {
    /** From the last key press to the frame that shows what came of it, in milliseconds; 0 until then. */
    painted: number;
  }
}

/** Runs in the page. The message after an animation frame comes when that frame is painted. */
function watch() {
  let pressed = 0;
  addEventListener('keydown', (event) => (pressed = event.timeStamp), true);
  const rows = () => [...document.querySelectorAll('main tbody tr, main .empty')].map((row) => row.id).join();
  let shown = rows();
  const changed = () => {
    const now = rows();
    if (now === shown) return;
    shown = now;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (window.painted = performance.now() - pressed);
      port2.postMessage(0);
    });
  };
  new MutationObserver(changed).observe(document.body, { childList: true, subtree: true, attributeFilter: ['id'] });
}

type Judged = {
  lcp: number;
  tbt: number;
  cls: number;
  performance: number;
  accessibility: number;
  best_practices: number;
  /** The audits that count and did not pass. */
  failed: string[];
};

/** Medians of Lighthouse, signed in. */
async function judge(path: string, device: 'desktop' | 'mobile') {
  const all: Judged[] = [];
  for (let run = 0; run < runs; run++) {
    const config = device === 'desktop' ? desktopConfig : undefined;
    const flags = {
      port: Number(process.env.BENCH_PORT),
      logLevel: 'error' as const,
      onlyCategories: ['performance', 'accessibility', 'best-practices'],
      ...(path !== '/employees' ? {} : { extraHeaders: { Cookie: cookie } }),
    };
    const result = await lighthouse(url + path, flags, config);
    const { audits, categories, runtimeError } = result!.lhr;
    if (runtimeError) throw new Error(`Lighthouse of ${path}: ${runtimeError.message}`);
    const number = (name: string) => audits[name]?.numericValue ?? Number.NaN;
    const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100);
    const counted = Object.values(categories).flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0));
    const failed = counted.filter(({ id }) => (audits[id]?.score ?? 1) < 0.9).map(({ id }) => id);
    all.push({
      lcp: number('largest-contentful-paint'),
      tbt: number('total-blocking-time'),
      cls: number('cumulative-layout-shift'),
      performance: score('performance'),
      accessibility: score('accessibility'),
      best_practices: score('best-practices'),
      failed,
    });
  }
  const median = (of: (one: Judged) => number) => {
    const sorted = all.map(of).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)]!;
  };
  return {
    page: path,
    device,
    lcp: median((one) => one.lcp),
    tbt: median((one) => one.tbt),
    cls: median((one) => one.cls),
    performance: median((one) => one.performance),
    accessibility: median((one) => one.accessibility),
    best_practices: median((one) => one.best_practices),
    failed: [...new Set(all.flatMap(({ failed }) => failed))],
  };
}

async function hydrated(page: Page) {
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
}
