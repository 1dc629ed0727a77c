// For bin/screenshots: a picture of every page instead of a test.
import { defineConfig } from '@playwright/test';
import { browser, desktop, phone } from './support/devices.ts';

export default defineConfig({
  testDir: '.',
  testMatch: 'screenshots.ts',
  outputDir: '../target/end2end/screenshots',
  globalSetup: './support/template.ts',
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  reporter: [['list']],
  use: browser,
  projects: [
    { name: 'desktop', use: desktop },
    { name: 'phone', use: { ...phone, deviceScaleFactor: 2 } },
  ],
});
