// For bin/bench: what only a browser can tell, measured one after another.
import { defineConfig } from '@playwright/test';
import { browser, desktop } from './support/devices.ts';

const { launchOptions, ...use } = browser;

export default defineConfig({
  testDir: '.',
  testMatch: 'measure.ts',
  outputDir: '../target/end2end/measure',
  workers: 1,
  timeout: 900_000,
  reporter: [['list']],
  use: {
    ...use,
    ...desktop,
    // Lighthouse comes in by this port.
    launchOptions: { ...launchOptions, args: [...(launchOptions?.args ?? []), `--remote-debugging-port=${process.env.BENCH_PORT}`] },
  },
});
