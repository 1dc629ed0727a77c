// Runs the binary: its commands, and a server in a folder of its own.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const binary = resolve(process.env.STAFFROOM_BINARY ?? join(import.meta.dirname, '../../target/debug/staffroom'));

export type Server = {
  /** Where it listens, without a slash at the end. */
  url: string;
  /** The folder into which it writes one `.eml` per message. */
  mail: string;
  /** Everything it has said so far. */
  output: () => string;
  /** Asks it to finish, and fails when it does not within ten seconds. */
  stop: () => Promise<void>;
  /** Ends it at once, whatever it is doing. */
  kill: () => Promise<void>;
};

/** Fills `folder` with a database of demo data. */
export async function makeDemo(folder: string) {
  if (!existsSync(binary)) throw new Error(`${binary} does not exist: cargo build -p server`);
  for (const command of ['migrate', 'demo']) await run(folder, command);
}

/** Runs a command on the database in `folder`, and answers with what it printed; fails when the command does. */
export async function run(folder: string, command: string): Promise<string> {
  return (await promisify(execFile)(binary, [command], { env: settings(folder) })).stdout;
}

/** Starts a server on the database in `folder`, and waits until it is ready; `more` settings outdo the usual ones. */
export async function serve(folder: string, more: NodeJS.ProcessEnv = {}): Promise<Server> {
  const port = await freePort();
  const url = `http://${more.SERVER_NAME ?? '127.0.0.1'}:${port}`; // passkeys need a name
  const env = { ...settings(folder), STAFFROOM_LISTEN: `127.0.0.1:${port}`, STAFFROOM_PUBLIC_URL: url, ...more };
  const child = spawn(binary, ['serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const said: string[] = [];
  child.stderr.on('data', (bytes) => said.push(String(bytes)));

  await new Promise<void>((ready, failed) => {
    child.once('error', failed);
    child.once('exit', (code) => failed(new Error(`staffroom serve ended with ${code}:\n${said.join('')}`)));
    createInterface(child.stdout).on('line', (line) => {
      said.push(`${line}\n`);
      if (line.includes('Staffroom is ready at')) ready();
    });
  });

  const stop = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(late);
    if (child.signalCode === 'SIGKILL') throw new Error(`the server did not stop in ten seconds:\n${said.join('')}`);
  };
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return { url, mail: join(folder, 'mail'), output: () => said.join(''), stop, kill };
}

function settings(folder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    STAFFROOM_DATABASE: `sqlite:${join(folder, 'staffroom.db')}`,
    STAFFROOM_MAIL: `file:${join(folder, 'mail')}`,
    STAFFROOM_SECRET_FILE: join(folder, 'secret'),
  };
}

/** A port at which nobody listens. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => probe.once('listening', listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === 'string') throw new Error('a port was expected');
  return address.port;
}
