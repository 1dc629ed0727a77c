// Once per run: a folder with a database of demo data, from which every worker copies its own.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDemo } from './staffroom.ts';

export default async function makeTemplate() {
  const folder = await mkdtemp(join(tmpdir(), 'staffroom-end2end-'));
  process.env.STAFFROOM_TEMPLATE = folder; // the workers inherit it
  await makeDemo(folder);
  return () => rm(folder, { recursive: true });
}
