import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root, type TestBed } from './test-bed.ts';

export interface Contender {
  readonly name: string;
  /** Program and arguments; `PORT` stands for the port. */
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Running {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** So much that no router is measured by how often it collects what is young; the same for all of them. */
const YOUNG = '--max-semi-space-size=64';

/** Starts a process on one core, without a shell, so that its CPU time is its own. */
export async function startOn(core: number, { name, command, env = {} }: Contender): Promise<Running> {
  const port = await freePort();
  const args = command.map((part) => part.replaceAll('PORT', String(port)));
  const child = spawn('taskset', ['-c', String(core), ...args], {
    env: {
      ...process.env,
      ...env,
      PORT: String(port),
      NODE_ENV: 'production',
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} ${YOUNG}`.trim(),
      APOLLO_TELEMETRY_DISABLED: 'true',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let trouble = '';
  child.stderr.on('data', (chunk: Buffer) => (trouble = (trouble + chunk.toString()).slice(-4_000)));
  await answers(name, port, child, () => trouble);
  return {
    name,
    port,
    pid: child.pid ?? 0,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill();
        setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
      }),
  };
}

async function answers(name: string, port: number, child: ChildProcess, trouble: () => string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const up = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{__typename}"}',
    }).then(
      (response) => response.status === 200,
      () => false,
    );
    if (up) return;
    await new Promise((again) => setTimeout(again, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`${name} does not answer:\n${trouble()}`);
}

/** Gateways from npm that are no part of this repository, if they are installed: `npm ci --prefix loadtest/peers`. */
export function peers(folder: string, supergraph: string): Contender[] {
  const hive = join(folder, 'node_modules/@graphql-hive/gateway/dist/bin.js');
  if (!existsSync(hive)) return [];
  const gateway = (name: string, config: string): Contender => ({
    name,
    command: [
      process.execPath,
      hive,
      'supergraph',
      supergraph,
      '--port',
      'PORT',
      '--host',
      '127.0.0.1',
      '--config-path',
      join(folder, config),
    ],
  });
  return [
    gateway('Hive Gateway', 'hive.config.js'),
    gateway('Hive Gateway + router-runtime', 'hive-runtime.config.js'),
  ];
}

/** Our own, as it is built in a checkout. */
export const brigadeRouter = (
  { supergraph, settings }: Pick<TestBed, 'supergraph' | 'settings'>,
  name = 'Brigade router',
  checkout = root,
): Contender => ({
  name,
  command: [
    process.execPath,
    join(checkout, 'router/dist/main.js'),
    '--supergraph',
    supergraph,
    '--config',
    settings,
    '--port',
    'PORT',
  ],
  env: { LOG_LEVEL: 'warn' },
});

/** Below every system's ephemeral range, so that no outgoing connection takes a port before its process binds it. */
let nextPort = 18_000 + (process.pid % 100) * 20;

async function freePort(): Promise<number> {
  for (;;) {
    const port = nextPort++;
    const server = createServer();
    const isFree = await new Promise<boolean>((told) => {
      server.once('error', () => told(false));
      server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => told(true)));
    });
    if (isFree) return port;
  }
}
