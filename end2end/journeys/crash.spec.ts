import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { expect, test as base } from '../fixtures.ts';
import { address } from '../support/employees.ts';
import { linkIn, mails } from '../support/mails.ts';
import { password, people } from '../support/people.ts';
import { run, serve, type Server } from '../support/staffroom.ts';

const rounds = 5;
const connections = 8;
/** No page is waited for, and a busy machine takes its time. */
const patient = { timeout: 30_000 };

/** Starts a server on one folder, which begins as a copy of the demo data; the one before must have ended. */
const test = base.extend<{ folder: string; start: () => Promise<Server> }>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'staffroom-crash-'));
    await cp(process.env.STAFFROOM_TEMPLATE!, folder, { recursive: true });
    await use(folder);
    await rm(folder, { recursive: true });
  },

  start: async ({ folder }, use) => {
    const started: Server[] = [];
    await use(async () => {
      started.push(await serve(folder));
      return started.at(-1)!;
    });
    for (const server of started) await server.kill();
  },
});

/** Calls a server function as somebody's page would: form fields for those that write, JSON for those that read. */
async function call(server: Server, cookie: string, path: string, body: URLSearchParams | object) {
  const form = body instanceof URLSearchParams;
  const headers = new Headers({ accept: 'application/json', 'sec-fetch-site': 'same-origin', cookie });
  if (!form) headers.set('content-type', 'application/json');
  const request = { method: 'POST', headers, body: form ? body : JSON.stringify(body) };
  const answer = await fetch(`${server.url}/api/${path}`, request);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}\n${server.output()}`);
  return { headers: answer.headers, value: JSON.parse(text) };
}

/** The cookie of Ada's session. */
async function signIn(server: Server): Promise<string> {
  const fields = new URLSearchParams({ email: people.ada.email, password });
  const { headers } = await call(server, '', 'sign_in', fields);
  return headers.getSetCookie()[0]!.split(';')[0]!;
}

const create = (server: Server, cookie: string, email: string) =>
  call(server, cookie, 'create_employee', new URLSearchParams({ email }));

/** Adds employees from several connections, and kills the server at some moment of that. */
async function createUntilKilled(server: Server, cookie: string, tried: Set<string>, acknowledged: Set<string>) {
  const before = acknowledged.size;
  let killed = false;
  const one = async () => {
    while (!killed) {
      const email = address('crash');
      tried.add(email);
      const answer = await create(server, cookie, email).catch((error: Error) => error);
      if (!(answer instanceof Error)) acknowledged.add(email);
      else if (!killed) throw answer;
    }
  };
  const kill = async () => {
    await expect.poll(() => acknowledged.size, patient).toBeGreaterThan(before);
    await pass(1_000 * Math.random());
    killed = true;
    await server.kill();
  };
  await Promise.all([kill(), ...Array.from({ length: connections }, one)]);
}

type Listed = { id: string; email: string; status: string; cursor: object };

/** Everybody whom the search finds, page by page. */
async function search(server: Server, cookie: string, text: string): Promise<Listed[]> {
  const query = { search: text, roles: 0, status: [], office: null, sort: 'email', descending: false, size: 100 };
  const found: Listed[] = [];
  for (let place: string | object = 'Start', after = true; after; place = { After: found.at(-1)?.cursor }) {
    const { value } = await call(server, cookie, 'list_employees', { query: { ...query, place }, team: null });
    found.push(...value.page.rows);
    after = value.page.after;
  }
  return found;
}

type Line = { event: string; sentence: { Name?: [string, string | null] }[] };

/** What the audit trail says of everybody whom the search finds, by the address of their page, newest first. */
async function trails(server: Server, cookie: string, person: string): Promise<Map<string, string[]>> {
  const events = new Map<string, string[]>();
  for (let before: number | null = null, more = true; more; more = before !== null) {
    const filter = { person, event: null, from: '', until: '', before };
    const { value } = await call(server, cookie, 'search_audit', { filter });
    for (const { event, sentence } of value.lines as Line[]) {
      const about = sentence.flatMap(({ Name }) => Name?.[1] ?? []).at(-1)!;
      events.set(about, [...(events.get(about) ?? []), event]);
    }
    before = value.next;
  }
  return events;
}

// Case 24
test('killed in the middle of its work, again and again: nothing acknowledged is lost, nothing half-done, no mail lost or sent a third time', async ({ folder, start }) => {
  test.setTimeout(120_000);
  let server = await start();
  const cookie = await signIn(server);
  const [tried, acknowledged] = [new Set<string>(), new Set<string>()];
  for (let round = 0; round < rounds; round++) {
    await createUntilKilled(server, cookie, tried, acknowledged);
    server = await start(); // with nothing done by hand
  }
  expect(await run(folder, 'check').catch((failed) => failed.stdout)).toContain('All is well');

  const found = await search(server, cookie, '@journey.example');
  const known = new Set(found.map(({ email }) => email));
  expect(known.size, 'nobody twice').toBe(found.length);
  expect([...acknowledged].filter((email) => !known.has(email)), 'acknowledged and lost').toEqual([]);
  expect([...known].filter((email) => !tried.has(email)), 'never asked for').toEqual([]);

  const events = await trails(server, cookie, '@journey.example');
  for (const { id, email, status } of found) {
    expect(events.get(`/employees/${id}`), email).toEqual(['employee.invited', 'employee.created']);
    expect(status, email).toBe('pending');
  }

  // What was on its way when a server was killed is sent by the next one 15 s after it starts.
  const sent = async () => {
    const sent = new Map<string, string[]>();
    for (const mail of await mails(server.mail)) {
      const to = mail.to![0]!.address!;
      if (!tried.has(to)) continue; // the mail of the morning, to the people of the demo
      expect(linkIn(mail, 'activate'), to).toBeTruthy(); // not half a file
      sent.set(to, [...(sent.get(to) ?? []), mail.messageId!]);
    }
    return sent;
  };
  const missing = async () => known.size - [...(await sent()).keys()].filter((to) => known.has(to)).length;
  await expect.poll(missing, patient).toBe(0);
  for (const [email, ids] of await sent()) {
    expect(known.has(email), `a mail to ${email}, who does not exist`).toBe(true);
    expect(ids.length, `mails to ${email}`).toBeLessThanOrEqual(2);
    expect(new Set(ids).size, 'one that is sent twice can be told').toBe(1);
  }
});
