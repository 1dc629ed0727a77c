import { defineConfig } from '@playwright/test';
import { browser, desktop, phone } from './support/devices.ts';

export default defineConfig({
  testDir: 'journeys',
  outputDir: '../target/end2end/results',
  globalSetup: './support/template.ts',
  workers: 2,
  retries: 0, // a journey that passes only sometimes has not passed
  forbidOnly: process.env.CI === 'true',
  timeout: 120_000, // a busy machine takes its time; what is waited for in a page has its own limit
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: '../target/end2end/report.json' }]],
  use: { ...browser, screenshot: 'only-on-failure' }, // a trace costs as much as the journey: --trace on
  projects: [
    { name: 'desktop', use: desktop, testIgnore: '*-phone.spec.ts' },
    { name: 'phone', use: phone, testMatch: ['*-phone.spec.ts', 'every-page.spec.ts', 'without-webassembly.spec.ts'] },
  ],
});
