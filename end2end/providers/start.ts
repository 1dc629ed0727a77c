// Starts one of the providers beside this file, and waits until it says that it is ready.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const python = join(import.meta.dirname, '../../target/providers/bin/python');

export type Running = {
  /** Everything it has said so far: why it refused something, above all. */
  output: () => string;
  stop: () => Promise<void>;
};

/** `program` is a file of this folder, in Python or JavaScript. */
export async function start(program: string, options: Record<string, string | number>): Promise<Running> {
  const interpreter = program.endsWith('.py') ? python : process.execPath;
  if (!existsSync(interpreter)) throw new Error(`${interpreter} does not exist: bin/setup providers`);
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(interpreter, [join(import.meta.dirname, program), ...flags], {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const said: string[] = [];
  child.stderr.on('data', (bytes) => said.push(String(bytes)));

  await new Promise<void>((ready, failed) => {
    child.once('error', failed);
    child.once('exit', (code) => failed(new Error(`${program} ended with ${code}:\n${said.join('')}`)));
    createInterface(child.stdout).on('line', (line) => {
      said.push(`${line}\n`);
      if (line.includes('is ready at')) ready();
    });
  });

  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { output: () => said.join(''), stop };
}

/** Tells a provider how to behave from now on. */
export async function tell(url: string, options: object) {
  const answer = await fetch(`${url}/control`, { method: 'POST', body: JSON.stringify(options) });
  if (!answer.ok) throw new Error(await answer.text());
}
