// The browser and the two screens that everything is looked at with.
import type { PlaywrightTestOptions, PlaywrightWorkerOptions } from '@playwright/test';

type Use = Partial<PlaywrightTestOptions & PlaywrightWorkerOptions>;

export const browser: Use = {
  locale: 'en-GB',
  timezoneId: 'Europe/Brussels',
  contextOptions: { reducedMotion: 'reduce' },
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), // Chromium's sandbox refuses root
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-features=LocalNetworkAccessChecks', // journeys of other sites stand on loopback too
    ],
  },
};

export const desktop: Use = { viewport: { width: 1280, height: 900 } };

export const phone: Use = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
