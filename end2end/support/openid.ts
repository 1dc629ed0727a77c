// A real OpenID provider: oidc-provider, in end2end/providers/openid.mjs.
import type { Page } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { start, tell, type Running } from '../providers/start.ts';
import { freePort } from './staffroom.ts';

/** How the next answers differ from right ones. */
export type OpenidOptions = {
  /** Put into the ID token before it is signed, as `{ sub: 'somebody else' }`; `null` takes one out. */
  claims?: Record<string, unknown>;
  /** What signs the ID token: the published key, another one under the same name, or nothing (`"alg": "none"`). */
  key?: 'configured' | 'other' | 'none';
  /** The parameter of the answer; `null` leaves it out. */
  iss?: string | null;
  /** The person's, for those who ask for the scope `email`. */
  email?: string | null;
  /** Makes a new key and signs with it from now on; the old ones stay published. */
  rotate?: boolean;
};

export type OpenidProvider = Running & {
  /** The issuer, without a slash at the end: on another site than Staffroom. */
  url: string;
  clientId: string;
  clientSecret: string;
  /** Replaces all options: what is not named is as it should be, so `control({})` undoes everything but a rotation. */
  control: (options: OpenidOptions) => Promise<void>;
};

/** Starts a provider for the Staffroom at `url`, which need not be running yet. */
export async function startOpenid(url: string): Promise<OpenidProvider> {
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const clientId = 'staffroom';
  const clientSecret = randomBytes(16).toString('hex');
  const running = await start('openid.mjs', {
    port,
    'client-id': clientId,
    'client-secret': clientSecret,
    redirect: `${url}/sso/oidc/callback`,
  });
  return { ...running, url: issuer, clientId, clientSecret, control: (options) => tell(issuer, options) };
}

/** Signs in as `user` on the page of the provider, to which Staffroom has led. A browser that has done so is not asked again. */
export async function signInAtOpenid(page: Page, user: string) {
  await page.getByRole('heading', { name: 'OpenID provider' }).waitFor();
  await page.getByLabel('User').fill(user);
  await page.getByRole('button', { name: 'Continue' }).click();
}
