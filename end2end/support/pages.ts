// Every page of Staffroom, once: journeys check each for what must hold everywhere, bin/screenshots pictures each.
import { expect, type Page } from '@playwright/test';
import { open, type OfTest } from '../fixtures.ts';
import { openByEmail } from './employees.ts';
import { linkIn, mails } from './mails.ts';
import { people, type Person } from './people.ts';
import type { Server } from './staffroom.ts';

type Means = Pick<OfTest, 'problems' | 'signIn' | 'another'> & { page: Page; server: Server };

export type Shown = {
  name: string;
  /** `{noor}` stands for the page of a person, `{Ghent}` for an office's id, `{subject}` and `{category}` for the first
   * of those, `{invitation}` for an open invitation. */
  path: string;
  as?: Person;
  /** The answer's status, where it is not 200. */
  status?: number;
  /** It comes without WebAssembly. */
  plain?: true;
  /** What its title says, where it is not of Staffroom. */
  title?: RegExp;
};

export const pages: Shown[] = [
  { name: 'sign-in', path: '/sign-in' },
  { name: 'sign-in-ways', path: '/sign-in?email=sam%40demo.example' },
  { name: 'sign-in-second', path: '/sign-in/second' },
  { name: 'forgotten', path: '/forgotten' },
  { name: 'reset-dead-link', path: '/reset/of-long-ago' },
  { name: 'activate', path: '{invitation}' },
  { name: 'activate-dead-link', path: '/activate/of-long-ago' },
  { name: 'not-found', path: '/nowhere', as: 'ada', status: 404 },
  { name: 'employees', path: '/employees', as: 'ada' },
  { name: 'employee-new', path: '/employees/new', as: 'ada' },
  { name: 'employee', path: '/employees/{noor}', as: 'ada' },
  { name: 'employee-as-manager', path: '/employees/{sam}', as: 'max' },
  { name: 'employee-offices', path: '/employees/{noor}?edit=offices', as: 'ada' },
  { name: 'employee-hours', path: '/employees/{sam}/hours', as: 'ada' },
  { name: 'employee-hours-template', path: '/employees/{sam}/hours?template=2', as: 'ada' },
  { name: 'employee-hours-as-manager', path: '/employees/{sam}/hours', as: 'max' },
  { name: 'employee-activity', path: '/employees/{noor}/activity', as: 'ada' },
  { name: 'employee-calendars', path: '/employees/{sam}/calendars', as: 'sam' },
  { name: 'employee-calendars-as-manager', path: '/employees/{sam}/calendars', as: 'max' },
  { name: 'employee-delete', path: '/employees/{sam}/delete', as: 'ada' },
  { name: 'team', path: '/team/{Ghent}', as: 'max' },
  { name: 'offices', path: '/offices', as: 'ada' },
  { name: 'office-new', path: '/offices/new', as: 'ada' },
  { name: 'office', path: '/offices/{Ghent}', as: 'ada' },
  { name: 'office-hours', path: '/offices/{Ghent}/hours', as: 'ada' },
  { name: 'office-subjects', path: '/offices/{Ghent}/subjects', as: 'ada' },
  { name: 'office-subject', path: '/offices/{Ghent}/subjects/{subject}', as: 'ada' },
  { name: 'office-expertise', path: '/offices/{Ghent}/expertise', as: 'ada' },
  { name: 'office-delete', path: '/offices/{Ghent}/delete', as: 'ada' },
  { name: 'subjects', path: '/subjects', as: 'ada' },
  { name: 'subject-new', path: '/subjects/new', as: 'ada' },
  { name: 'subject', path: '/subjects/{subject}', as: 'ada' },
  { name: 'subject-delete', path: '/subjects/{subject}/delete', as: 'ada' },
  { name: 'category-new', path: '/subjects/categories/new', as: 'ada' },
  { name: 'category', path: '/subjects/categories/{category}', as: 'ada' },
  { name: 'employee-expertise', path: '/employees/{sam}/expertise', as: 'ada' },
  { name: 'employee-expertise-own', path: '/employees/{sam}/expertise', as: 'sam' },
  { name: 'appointments', path: '/appointments', as: 'ada' },
  { name: 'appointments-day', path: '/appointments?view=day', as: 'max' },
  { name: 'appointments-month', path: '/appointments?view=month', as: 'ada' },
  { name: 'appointments-list', path: '/appointments?view=list', as: 'sam' },
  { name: 'appointment-new', path: '/appointments/new', as: 'max' },
  { name: 'employee-leaving', path: '/employees/{sam}/leaving?all=1', as: 'ada' },
  { name: 'appointments-offered', path: '/appointments/offered', as: 'max' },
  { name: 'queues', path: '/contact-centre/queues', as: 'ada' },
  { name: 'queue-new', path: '/contact-centre/queues/new', as: 'ada' },
  { name: 'queue-matrix', path: '/contact-centre/queues/matrix', as: 'ada' },
  { name: 'agent-groups', path: '/contact-centre/agent-groups', as: 'ada' },
  { name: 'agent-group-new', path: '/contact-centre/agent-groups/new', as: 'ada' },
  { name: 'ring-groups', path: '/contact-centre/ring-groups', as: 'ada' },
  { name: 'ring-group-new', path: '/contact-centre/ring-groups/new', as: 'ada' },
  { name: 'pickup-groups', path: '/contact-centre/pickup-groups', as: 'ada' },
  { name: 'contact-centre', path: '/contact-centre', as: 'ada' },
  { name: 'pbxs', path: '/contact-centre/pbxs', as: 'ada' },
  { name: 'pbx-new', path: '/contact-centre/pbxs/new', as: 'ada' },
  { name: 'pbx', path: '/contact-centre/pbxs/{pbx}', as: 'ada' },
  { name: 'tenants', path: '/contact-centre/tenants', as: 'ada' },
  { name: 'tenant-new', path: '/contact-centre/tenants/new', as: 'ada' },
  { name: 'tenant', path: '/contact-centre/tenants/{tenant}', as: 'ada' },
  { name: 'licenses', path: '/contact-centre/licenses', as: 'ada' },
  { name: 'license-seats', path: '/contact-centre/licenses?edit=engage', as: 'ada' },
  { name: 'plan-new', path: '/contact-centre/licenses?edit=new', as: 'ada' },
  { name: 'numbers', path: '/contact-centre/numbers', as: 'ada' },
  { name: 'scripts', path: '/contact-centre/scripts', as: 'ada' },
  { name: 'script-new', path: '/contact-centre/scripts/new?name=Night&steps%5B0%5D%5Bkind%5D=say&steps%5B1%5D%5Bkind%5D=check_hours&steps%5B2%5D%5Bkind%5D=choose_by_key&press=add_forward', as: 'ada' },
  { name: 'channels', path: '/contact-centre/channels', as: 'ada' },
  { name: 'channel-new', path: '/contact-centre/channels/new', as: 'ada' },
  { name: 'monitor', path: '/contact-centre/monitor', as: 'lee' },
  { name: 'monitor-one', path: '/contact-centre/monitor/{sam}', as: 'lee' },
  { name: 'offers', path: '/contact-centre/offers?moment=on_break', as: 'ada' },
  { name: 'settings', path: '/settings', as: 'ada' },
  { name: 'settings-booking', path: '/settings/booking', as: 'ada' },
  { name: 'settings-sign-in', path: '/settings/sign-in', as: 'ada' },
  { name: 'provider-new-saml', path: '/settings/sign-in/new/saml', as: 'ada' },
  { name: 'provider-new-openid', path: '/settings/sign-in/new/openid', as: 'ada' },
  { name: 'attention', path: '/attention', as: 'ada' },
  { name: 'attention-as-agent', path: '/attention', as: 'sam' },
  { name: 'customers', path: '/customers', as: 'ada' },
  { name: 'customers-none', path: '/customers?of=0198f5a0-0000-7000-8000-000000000000', as: 'ada' },
  { name: 'audit', path: '/audit', as: 'ada' },
  { name: 'contact-users', path: '/contact-centre/users', as: 'ada' },
  { name: 'contact-user-new', path: '/contact-centre/users/new', as: 'ada' },
  { name: 'contact-user', path: '/employees/{sam}/contact-centre', as: 'ada' },
  { name: 'contact-user-phone', path: '/employees/{sam}/contact-centre/phone', as: 'ada' },
  { name: 'contact-user-queues', path: '/employees/{sam}/contact-centre/queues', as: 'ada' },
  { name: 'contact-user-groups', path: '/employees/{sam}/contact-centre/groups', as: 'ada' },
  { name: 'contact-user-supervisor', path: '/employees/{sam}/contact-centre/supervisor', as: 'ada' },
  { name: 'contact-user-endpoints', path: '/employees/{sam}/contact-centre/endpoints', as: 'ada' },
  { name: 'contact-user-own', path: '/employees/{sam}/contact-centre', as: 'sam' },
  { name: 'account', path: '/account', as: 'sam' },
  { name: 'second-factor', path: '/account/second-factor', as: 'sam' },
  { name: 'book', path: '/book', plain: true, title: /Book an appointment/ },
  { name: 'book-office', path: '/book?office={Ghent}', plain: true, title: /Book an appointment/ },
  { name: 'book-german', path: '/book?language=de', plain: true, title: /Termin buchen/ },
  { name: 'book-dead-link', path: '/book/appointment/of-long-ago', plain: true, status: 404, title: /find this appointment/ },
  { name: 'demo-mail', path: '/demo/mail', plain: true },
];

/** Opens one of the pages as the person it is for; answers with the server's answer. */
export async function show({ path, as, status, plain }: Shown, { page, server, problems, signIn, another }: Means) {
  if (status) problems.expectStatus(status);
  const resolved = await resolve(path, () => another('ada'), server);
  if (as) await signIn(page, as);
  return plain ? page.goto(resolved) : open(page, resolved);
}

/** The path with its placeholders filled in; `ada` makes an Administrator's page. */
async function resolve(path: string, ada: () => Promise<Page>, server: Server): Promise<string> {
  if (path === '{invitation}') return invitation(server);
  const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1]!);
  if (!placeholders.length) return path;
  const page = await ada();
  for (const placeholder of placeholders) path = path.replace(`{${placeholder}}`, await id(page, placeholder));
  return path;
}

async function id(page: Page, of: string): Promise<string> {
  if (of in people) return person(page, of as Person);
  if (of === 'subject') return first(page, '/subjects', 'tbody a[href^="/subjects/"]');
  if (of === 'category') return first(page, '/subjects', 'a[href^="/subjects/categories/"]:not([href$="/new"])');
  if (of === 'pbx' || of === 'tenant') return first(page, `/contact-centre/${of}s`, 'tbody a');
  return office(page, of);
}

/** The id in the first link of a page that matches. */
async function first(page: Page, path: string, link: string): Promise<string> {
  await open(page, path);
  return lastPart((await page.getByRole('main').locator(link).first().getAttribute('href'))!);
}

async function invitation(server: Server): Promise<string> {
  let found: string | undefined;
  await expect
    .poll(async () => (found = (await mails(server.mail)).find((mail) => mail.text?.includes('/activate/'))?.text))
    .toBeTruthy();
  return linkIn({ text: found! }, 'activate');
}

async function person(page: Page, who: Person): Promise<string> {
  return lastPart(await openByEmail(page, '/employees', people[who].email));
}

async function office(page: Page, name: string): Promise<string> {
  await open(page, '/offices');
  const href = await page.getByRole('main').getByRole('link', { name }).first().getAttribute('href');
  return lastPart(href!);
}

const lastPart = (path: string) => path.split('/').at(-1)!;
