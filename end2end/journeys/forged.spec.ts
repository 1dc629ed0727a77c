// Requests that no page of the person would send, with the session of the person's own browser.
import type { APIResponse, Page } from '@playwright/test';
import { expect, open, test } from '../fixtures.ts';
import { add, address, assign, create, field, openByEmail } from '../support/employees.ts';
import { linkIn, mailsTo, mailTo } from '../support/mails.ts';
import { people } from '../support/people.ts';

/** Asks a server function that takes JSON, as the page would. */
const ask = (page: Page, name: string, data: object): Promise<APIResponse> => page.request.post(`/api/${name}`, { data });

const idOf = (path: string) => path.split('/').at(-1)!;

async function versionOf(page: Page, id: string): Promise<string> {
  return String((await (await ask(page, 'get_employee', { id })).json()).record.version);
}

async function officeOf(page: Page, name: string): Promise<string> {
  const offices: [string, string][] = await (await ask(page, 'assignable_offices', {})).json();
  return offices.find(([, known]) => known === name)![0];
}

// Section 8, case 7
test('an agent and a manager of elsewhere reach nobody by calling directly', async ({ page, signIn, another, call, server }) => {
  const email = address('target');
  await signIn(page, 'ada');
  const profile = await add(page, email, { 'First name': 'Target' });
  await assign(page, profile, 'Agent in Ghent');
  const link = linkIn(await mailTo(server.mail, email), 'activate');
  const [id, ghent] = [idOf(profile), await officeOf(page, 'Ghent')];
  const version = await versionOf(page, id);

  const forged: Record<string, Record<string, string | string[]>> = {
    save_employee: { id, version, function: 'Forged' },
    suspend_employee: { id, version },
    delete_employee: { id, version, confirmation: email },
    assign_offices: { id, version, 'offices[]': ghent, 'held[]': `${ghent}:office_manager` },
    invite: { id },
    copy_invitation: { id },
    revoke_invitation: { id },
  };
  for (const who of ['sam', 'noor', 'lee'] as const) {
    const stranger = await another(who);
    for (const [name, fields] of Object.entries(forged)) {
      expect((await call(stranger, `/api/${name}`, fields)).status(), `${name} by ${who}`).toBe(404);
    }
    expect((await ask(stranger, 'get_employee', { id })).status(), `get_employee by ${who}`).toBe(404);
    const trail = await ask(stranger, 'audit_trail', { employee: id, before: null });
    expect(await trail.text(), `audit_trail by ${who}`).not.toContain('Target');
  }
  expect(await versionOf(page, id)).toBe(version);
  expect(await mailsTo(server.mail, email)).toHaveLength(1);
  const newcomer = await another();
  await open(newcomer, link);
  await expect(newcomer.getByLabel('Password')).toBeVisible();
});

// Section 8, cases 7, 8 and 9
test('a manager is refused what only Administrators do, and nothing changes', async ({ page, signIn, another, call, server }) => {
  const email = address('managed');
  const administrator = await another('ada');
  const profile = await add(administrator, email, { 'First name': 'Managed' });
  await assign(administrator, profile, 'Agent in Ghent', 'Agent in Antwerp');
  const [id, ghent, antwerp] = [idOf(profile), await officeOf(administrator, 'Ghent'), await officeOf(administrator, 'Antwerp')];
  const version = await versionOf(administrator, id);

  await signIn(page, 'max');
  const refused: [string, Record<string, string | string[]>][] = [
    ['delete_employee', { id, version, confirmation: email }],
    ['suspend_employee', { id, version }], // also works in Antwerp
    ['save_employee', { id, version, 'shown[]': 'active' }],
    ['save_employee', { id, version, first_name: 'Forged' }],
    ['save_employee', { id, version, email: address('forged') }],
    ['save_employee', { id, version, external_id: 'forged' }],
    ['save_employee', { id, version, 'shown[]': 'administrator', 'roles[]': 'administrator' }],
    ['assign_offices', { id, version, 'offices[]': antwerp }],
    ['assign_offices', { id, version, 'offices[]': [ghent, antwerp], 'held[]': `${antwerp}:office_manager` }],
    ['invite', { id }],
    ['copy_invitation', { id }],
    ['revoke_invitation', { id }],
    ['create_employee', { email: address('forged') }],
    ['create_office', { name: 'Forged' }],
  ];
  for (const [name, fields] of refused) {
    expect((await call(page, `/api/${name}`, fields)).status(), `${name} ${JSON.stringify(fields)}`).toBe(403);
  }
  expect((await ask(page, 'get_settings', {})).status()).toBe(403);
  expect(await (await ask(page, 'assignable_offices', {})).json()).toEqual([[ghent, 'Ghent']]);
  expect(await versionOf(administrator, id)).toBe(version);
  expect(await mailsTo(server.mail, email)).toHaveLength(1);
});

// Case 9
test('nobody makes themselves an Administrator, nor gives themselves an office', async ({ page, signIn, another, call }) => {
  await signIn(page, 'ada');
  const antwerp = await officeOf(page, 'Antwerp');
  for (const who of ['max', 'sam', 'lee'] as const) {
    const own = await another(who);
    const id = idOf(await openByEmail(page, '/employees', people[who].email));
    const version = await versionOf(page, id);
    const risen = { id, version, 'shown[]': ['administrator', 'office_manager'], 'roles[]': ['administrator', 'office_manager'] };
    expect((await call(own, '/api/save_employee', risen)).status(), who).toBe(403);
    const moved = { id, version, 'offices[]': antwerp, 'held[]': `${antwerp}:office_manager` };
    expect((await call(own, '/api/assign_offices', moved)).status(), who).toBe(403);
    expect(await versionOf(page, id)).toBe(version);
  }
});

// Section 8: extra fields are never stored
test('a field that the form does not have is never stored', async ({ page, signIn, another, call, server }) => {
  await signIn(page, 'ada');
  const profile = await create(call, page, {
    email: address('extra'),
    status: 'active',
    administrator: 'true',
    organisation: '019a0000-0000-7000-8000-000000000000',
    id: '019a0000-0000-7000-8000-000000000000',
  });
  await open(page, profile);
  await expect(page.getByRole('main')).toContainText('Pending');
  await expect(field(page, 'Administrator')).not.toBeChecked();
  expect(idOf(profile)).not.toMatch(/^019a0000-0000/);

  const own = await another('sam');
  const sam = (await (await ask(own, 'get_account', {})).json()).record;
  const extra = { version: String(sam.version), first_name: 'Sam', last_name: sam.profile.last_name, phone: '', function: 'Adviser', administrator: 'true', email: 'x@y.example', external_id: 'x', status: 'suspended' };
  expect((await call(own, '/api/revise_account', extra)).ok()).toBe(true);
  const after = (await (await ask(own, 'get_account', {})).json()).record;
  expect([after.email, after.administrator, after.status, after.profile.external_id]).toEqual([sam.email, sam.administrator, sam.status, sam.profile.external_id]);
  expect(server.output()).not.toContain('panicked');
});

//
test('without a session every server function answers 401, and every page is the sign-in', async ({ page, call }) => {
  const id = '019a0000-0000-7000-8000-000000000000';
  const forms: Record<string, Record<string, string>> = {
    create_employee: { email: 'x@y.example' },
    save_employee: { id, version: '1' },
    suspend_employee: { id, version: '1' },
    delete_employee: { id, version: '1', confirmation: 'x@y.example' },
    assign_offices: { id, version: '1' },
    invite: { id },
    copy_invitation: { id },
    revoke_invitation: { id },
    create_office: { name: 'X' },
    revise_office: { id, version: '1', name: 'X' },
    change_settings: { version: '1', name: 'X', language: 'en', time_zone: 'UTC', country: 'BE', invitation_hours: '1' },
    revise_account: { version: '1', first_name: 'X', last_name: '', phone: '', function: '' },
    change_email: { email: 'x@y.example' },
    change_password: { password: 'x', new_password: 'y' },
    prefer: {},
    end_session: { id },
    end_other_sessions: {},
    remove_picture: {},
    who_am_i: {},
  };
  for (const [name, fields] of Object.entries(forms)) {
    expect((await call(page, `/api/${name}`, fields)).status(), name).toBe(401);
  }
  const questions: Record<string, object> = {
    get_employee: { id },
    assignable_offices: {},
    audit_trail: { employee: id, before: null },
    list_offices: {},
    get_office: { id },
    get_settings: {},
    get_account: {},
    find: { text: 'sa' },
  };
  for (const [name, data] of Object.entries(questions)) {
    expect((await ask(page, name, data)).status(), name).toBe(401);
  }
  for (const path of ['/employees', `/employees/${id}`, '/offices', '/settings', '/audit', '/account', `/pictures/${id}/${id}`]) {
    await page.goto(path);
    await expect(page, path).toHaveURL(/\/sign-in/);
  }
});

// 5-proof "Cross-site"
test('a form on another site, also on another port of this one, changes nothing', async ({ page, signIn, another, server, problems }) => {
  problems.expectStatus(403);
  const email = address('cross-site');
  await signIn(page, 'ada');
  const form = `<form method="post" action="${server.url}/api/create_employee"><input name="email" value="${email}"><button>Win a prize</button></form>`;
  for (const site of ['http://evil.example/', 'http://127.0.0.1:9998/']) {
    await page.route(site, (route) => route.fulfill({ contentType: 'text/html', body: form }));
    await page.goto(site);
    await page.getByRole('button', { name: 'Win a prize' }).click();
    await page.waitForURL(`${server.url}/api/create_employee`);
    await expect(page.locator('body')).toContainText('did not come from a page of Staffroom');
  }
  expect(await mailsTo(server.mail, email)).toEqual([]);

  const headers = { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' };
  const administrator = await another('ada');
  const answer = await administrator.request.post('/api/create_employee', { headers, data: `email=${encodeURIComponent(email)}` });
  expect(answer.status()).toBe(403);
  expect((await administrator.request.get(`/api/create_employee?email=${encodeURIComponent(email)}`)).status()).toBe(405);
  await open(administrator, `/employees?q=${encodeURIComponent(email)}`);
  await expect(administrator.getByRole('main')).toContainText('No employee matches');
});

// 5-proof "Page"
test('Staffroom is not shown in a frame of another site', async ({ page, signIn, server, problems }) => {
  problems.expectText(/Refused to (display|frame)|frame-ancestors/);
  await signIn(page, 'ada');
  await page.route('http://evil.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${server.url}/employees" title="framed"></iframe>` }),
  );
  await page.goto('http://evil.example/');
  await expect(page.frameLocator('iframe').getByRole('heading', { name: 'Employees' })).toHaveCount(0);
});

// Ids of nobody, of the wrong kind, and none
test('ids that are none answer 404 or 422, never more', async ({ page, signIn, call }) => {
  await signIn(page, 'ada');
  const office = await officeOf(page, 'Ghent');
  for (const id of ['019a0000-0000-7000-8000-000000000000', office]) {
    expect((await call(page, '/api/invite', { id })).status()).toBe(404);
    expect((await ask(page, 'get_employee', { id })).status()).toBe(404);
  }
  for (const id of ['', 'x', '../../etc/passwd', "' OR 1=1 --", '\0']) {
    expect((await call(page, '/api/invite', { id })).status(), id).toBe(422);
  }
});

// Two Administrators, or one who presses twice
test('the same request twice at the same moment adds one person', async ({ page, signIn, call, server }) => {
  const email = address('racing');
  await signIn(page, 'ada');
  const answers = await Promise.all([1, 2, 3, 4].map(() => call(page, '/api/create_employee', { email })));
  expect(answers.map((answer) => answer.status()).sort()).toEqual([200, 422, 422, 422]);
  await mailTo(server.mail, email);
});
