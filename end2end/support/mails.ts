// Reads the mails that the server wrote into a folder instead of sending them.
import { expect } from '@playwright/test';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';

/** What was read; a mail appears whole, and never changes. */
const known = new Map<string, Promise<Email>>();

function read(file: string): Promise<Email> {
  const mail = known.get(file) ?? readFile(file).then((text) => PostalMime.parse(text));
  known.set(file, mail);
  return mail;
}

/** Every mail in `folder`, the oldest first. */
export async function mails(folder: string): Promise<Email[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
  const files = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  files.sort((a, b) => a.at - b.at || a.name.localeCompare(b.name));
  return Promise.all(files.map(({ name }) => read(join(folder, name))));
}

/** The mails in `folder` to `address`, the oldest first. */
export async function mailsTo(folder: string, address: string): Promise<Email[]> {
  return (await mails(folder)).filter((mail) => mail.to?.some((to) => to.address === address));
}

/** Waits for the `count`th mail to `address`, and answers with it. */
export async function mailTo(folder: string, address: string, count = 1): Promise<Email> {
  await expect.poll(async () => (await mailsTo(folder, address)).length, `mails to ${address}`).toBe(count);
  return (await mailsTo(folder, address))[count - 1]!;
}

/** The path of the link to `page` ("activate") in a mail's text. */
export function linkIn(mail: Pick<Email, 'text'>, page: string): string {
  const link = mail.text?.match(new RegExp(`https?://[^/\\s]+(/${page}/[^\\s>]+)`));
  if (!link) throw new Error(`no link to /${page}/ in:\n${mail.text}`);
  return link[1]!;
}
