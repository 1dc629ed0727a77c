// A real CalDAV server: Radicale, in end2end/providers/caldav.py, with a calendar of Sam's.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start, type Running } from '../providers/start.ts';
import { freePort } from './staffroom.ts';

export type CalendarServer = Running & {
  url: string;
  /** What the calendar holds, as text. */
  events: () => Promise<string>;
  /** Puts an event into it. */
  put: (name: string, begin: Date) => Promise<void>;
  /** Takes the password away, or gives it back. */
  changePassword: (password: string) => Promise<void>;
};

const calendar = '/sam/work/';

export async function startCaldav(): Promise<CalendarServer> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'staffroom-caldav-'));
  const running = await start('caldav.py', { port, folder, users: 'sam:secret' });
  const url = `http://127.0.0.1:${port}`;
  const authorization = `Basic ${Buffer.from('sam:secret').toString('base64')}`;
  const send = async (method: string, path: string, body?: string) => {
    const answer = await fetch(url + path, { method, body, headers: { authorization } });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
    return answer.text();
  };
  await send(
    'MKCALENDAR',
    calendar,
    '<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop><d:displayname>Work</d:displayname></d:prop></d:set></c:mkcalendar>',
  );
  const stamp = (at: Date) => at.toISOString().replace(/[-:]|\.\d+/g, '');
  return {
    ...running,
    url,
    events: () => send('GET', calendar),
    put: async (name, begin) => {
      const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', `UID:${name}`, 'DTSTAMP:20260101T000000Z', `DTSTART:${stamp(begin)}`, 'DURATION:PT1H', 'SUMMARY:x', 'END:VEVENT', 'END:VCALENDAR', ''];
      await send('PUT', `${calendar}${name}.ics`, lines.join('\r\n'));
    },
    changePassword: (password) => writeFile(join(folder, 'users'), `sam:${password}\n`),
    stop: async () => {
      await running.stop();
      await rm(folder, { recursive: true });
    },
  };
}
