import { execFile } from 'node:child_process';
import { existsSync, statfsSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { readHolder } from './lock.ts';
import { portsFrom, productPortsOf, serverPortsOf } from './ports.ts';
import { recordedAlive } from './processes/pids-file.ts';
import { describeProcess, findListener, proportionalSetSize, withDescendants } from './processes/proc.ts';
import { wordsOf } from './servers/docker.ts';
import { missingPackages } from './servers/debian-packages.ts';
import { findPostgresPrograms } from './servers/postgres.ts';
import { REDIS_SERVER } from './servers/redis.ts';
import { isPortFree } from './servers/is-port-free.ts';
import { ownServers } from './servers/server-set.ts';
import type { Settings } from './settings.ts';

const run = promisify(execFile);
const MB = 1024 * 1024;
const NEEDED_DISK_MB = 2_000;
const NEEDED_MEMORY_MB = 1_500;

interface Finding {
  readonly ok: boolean;
  readonly about: string;
  readonly found: string;
}

/** Prints what this machine has and lacks, and what runs. @returns 0 when nothing stands in the way of a start */
export async function doctor(settings: Settings): Promise<number> {
  const holder = readHolder(settings.dataDir);
  const findings: Finding[] = [
    nodeVersion(),
    ...(await serverVersions(settings)),
    memory(holder !== undefined),
    disk(settings.dataDir),
    lockState(settings.dataDir),
    ...(holder === undefined ? await portStates(settings) : []),
  ];
  for (const { ok, about, found } of findings) console.log(`${ok ? ' ok ' : ' !! '} ${about.padEnd(18)} ${found}`);
  if (holder !== undefined) printMemoryOf(holder.pid, join(settings.dataDir, 'pids.json'));
  return findings.every(({ ok }) => ok) ? 0 : 1;
}

function nodeVersion(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  return { ok: major >= 24, about: 'Node', found: `${process.versions.node} (24 or newer is needed)` };
}

async function serverVersions(settings: Settings): Promise<Finding[]> {
  if (settings.servers === 'docker') return [await version('Docker', 'docker', ['compose', 'version'])];
  const own = ownServers(settings);
  const missing = missingPackages(own);
  const isRoot = process.getuid?.() === 0;
  const postgres = findPostgresPrograms();
  return [
    ...missing.map((name) => ({
      ok: isRoot,
      about: name,
      found: isRoot
        ? 'missing; npm start installs it'
        : `missing; sudo apt-get install --no-install-recommends ${name}`,
    })),
    ...(postgres === undefined ? [] : [await version('PostgreSQL', join(postgres, 'postgres'), ['--version'])]),
    ...(existsSync(REDIS_SERVER) ? [await version('Redis', REDIS_SERVER, ['--version'])] : []),
    ...(missing.includes('rabbitmq-server')
      ? []
      : [await version('RabbitMQ', 'dpkg-query', ['-W', '-f', '${Version}', 'rabbitmq-server'])]),
    {
      ok: existsSync('/usr/bin/setpriv'),
      about: 'setpriv',
      found: existsSync('/usr/bin/setpriv')
        ? 'nothing outlives the launcher'
        : 'missing: a killed launcher leaves orphans',
    },
  ];
}

async function version(about: string, command: string, args: string[]): Promise<Finding> {
  try {
    return { ok: true, about, found: (await run(command, args)).stdout.trim().split('\n')[0]! };
  } catch (error) {
    return { ok: false, about, found: wordsOf(error).split('\n')[0]! };
  }
}

function memory(running: boolean): Finding {
  const free = Math.round(freemem() / MB);
  const found = `${free} MB of ${Math.round(totalmem() / MB)} MB free (about ${NEEDED_MEMORY_MB} MB are needed)`;
  return { ok: running || free >= NEEDED_MEMORY_MB, about: 'memory', found };
}

function disk(dataDir: string): Finding {
  let folder = dataDir;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.round((bavail * bsize) / MB);
  return {
    ok: free >= NEEDED_DISK_MB,
    about: 'disk',
    found: `${free} MB free at ${folder} (${NEEDED_DISK_MB} MB are needed)`,
  };
}

function lockState(dataDir: string): Finding {
  const holder = readHolder(dataDir);
  const orphans = recordedAlive(join(dataDir, 'pids.json'));
  if (holder !== undefined) {
    return {
      ok: true,
      about: 'launcher',
      found: `"${holder.command}" runs as pid ${holder.pid} on port ${holder.basePort}`,
    };
  }
  const names = orphans.map(({ name, pid }) => `${name} (pid ${pid})`).join(', ');
  return {
    ok: true,
    about: 'launcher',
    found: names === '' ? 'none runs' : `none runs, but it left ${names}; the next start stops them`,
  };
}

async function portStates(settings: Settings): Promise<Finding[]> {
  const ports = portsFrom(settings.basePort);
  const wanted = { ...productPortsOf(ports), ...serverPortsOf(ownServers(settings), ports.servers) };
  const busy: Finding[] = [];
  for (const [purpose, port] of Object.entries(wanted)) {
    if (await isPortFree(port)) continue;
    const owner = findListener(port);
    const found = `${purpose}: held by ${owner === undefined ? 'a process that this user cannot see' : describeProcess(owner)}`;
    busy.push({ ok: false, about: `port ${port}`, found });
  }
  return busy.length > 0 ? busy : [{ ok: true, about: 'ports', found: `all free from ${settings.basePort}` }];
}

/** Proportional set size of the launcher, each process and their descendants. */
function printMemoryOf(launcher: number, pidsFile: string): void {
  const processes = recordedAlive(pidsFile);
  const rows = processes.map(({ name, pid }) => [name, sizeOf(withDescendants([pid]))] as const);
  const all = sizeOf(withDescendants([launcher, ...processes.map(({ pid }) => pid)]));
  const own = sizeOf([launcher]);
  console.log('\nMemory (proportional set size, descendants included)');
  for (const [name, size] of [['launcher', own] as const, ...rows, ['together', all] as const]) {
    console.log(`  ${name.padEnd(20)} ${(size / MB).toFixed(0).padStart(6)} MB`);
  }
}

function sizeOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + proportionalSetSize(pid), 0);
}
