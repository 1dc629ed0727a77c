// A real SAML identity provider: pysaml2, in end2end/providers/saml.py.
import type { Page } from '@playwright/test';
import { start, tell, type Running } from '../providers/start.ts';
import { freePort } from './staffroom.ts';

/** How the next responses differ from right ones; `null` leaves an address out. */
export type SamlOptions = {
  /** The assertion, unless said otherwise. */
  sign?: 'assertion' | 'response' | 'both' | 'none';
  /** Signs with the key in the metadata, or with the other one. */
  key?: 'configured' | 'other';
  /** Those that the metadata names: `both` while keys are being changed. */
  certificates?: 'configured' | 'other' | 'both';
  audience?: string | null;
  recipient?: string | null;
  destination?: string | null;
  issuer?: string;
  inResponseTo?: 'genuine' | 'absent' | 'other';
  /** Seconds from now; by itself a minute before now or before `notOnOrAfter`. */
  notBefore?: number;
  /** Seconds from now: 300 unless said otherwise, a negative number for a response that has expired. */
  notOnOrAfter?: number | null;
  /** `{ mail: 'sam@demo.example' }`; they prove nothing to Staffroom. */
  attributes?: Record<string, string>;
  /** Sends the very same response as the last time, with the RelayState of this time. */
  replay?: boolean;
  /** Waits for a click on "Send" before it posts to Staffroom. */
  hold?: boolean;
};

export type SamlProvider = Running & {
  /** Where it is, without a slash at the end: on another site than Staffroom. */
  url: string;
  /** Its entity id, which is also where its metadata is. */
  entityId: string;
  metadata: () => Promise<string>;
  /** Replaces all options: what is not named is as it should be, so `control({})` undoes everything. */
  control: (options: SamlOptions) => Promise<void>;
  /** The page that sends a response which nobody asked for, as a tile of a portal does. */
  portal: (user: string, relayState?: string) => string;
  /** What was sent to Staffroom last, and where to. */
  last: () => Promise<{ consumer: string; fields: { SAMLResponse: string; RelayState?: string } }>;
};

/** Starts a provider for the Staffroom at `spUrl`, which need not be running yet. */
export async function startSaml(spUrl: string): Promise<SamlProvider> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const running = await start('saml.py', { port, 'sp-url': spUrl });
  const get = async (path: string) => {
    const answer = await fetch(`${url}${path}`);
    if (!answer.ok) throw new Error(await answer.text());
    return answer;
  };
  return {
    ...running,
    url,
    entityId: `${url}/metadata`,
    metadata: async () => (await get('/metadata')).text(),
    control: (options) => tell(url, options),
    portal: (user, relayState) => {
      const query = new URLSearchParams({ user, ...(relayState !== undefined && { RelayState: relayState }) });
      return `${url}/portal?${query}`;
    },
    last: async () => (await get('/last')).json(),
  };
}

/** Signs in as `user` on the page of the provider, to which Staffroom has led. */
export async function signInAtSaml(page: Page, user: string) {
  await page.getByRole('heading', { name: 'Identity provider' }).waitFor();
  await page.getByLabel('User').fill(user);
  await page.getByRole('button', { name: 'Continue' }).click();
}
