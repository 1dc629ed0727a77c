// A real mail server: aiosmtpd, in end2end/providers/smtp.py.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start, type Running } from '../providers/start.ts';
import { freePort } from './staffroom.ts';

export type MailServer = Running & {
  /** What STAFFROOM_MAIL is to say. */
  url: string;
  /** The folder into which it writes one `.eml` per message, for mails.ts. */
  mail: string;
};

/** A `port` of one's own is for a server that was down before. */
export async function startSmtp(port?: number): Promise<MailServer> {
  port ??= await freePort();
  const mail = await mkdtemp(join(tmpdir(), 'staffroom-smtp-'));
  const running = await start('smtp.py', { port, folder: mail });
  const stop = async () => {
    await running.stop();
    await rm(mail, { recursive: true });
  };
  return { ...running, url: `smtp://127.0.0.1:${port}`, mail, stop };
}
