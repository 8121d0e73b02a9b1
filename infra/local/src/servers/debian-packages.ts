import { spawn } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { findPostgresPrograms } from './postgres.ts';
import { RABBITMQ_SERVER } from './rabbitmq.ts';
import { REDIS_SERVER } from './redis.ts';

export type ServerName = 'postgres' | 'redis' | 'rabbitmq' | 'mongo';

const POLICY = '/usr/sbin/policy-rc.d';
const LOCK_WAIT_SECONDS = 120;

const PACKAGES: Partial<Record<ServerName, { name: string; services: string[]; isInstalled: () => boolean }>> = {
  postgres: { name: 'postgresql', services: ['postgresql'], isInstalled: () => findPostgresPrograms() !== undefined },
  redis: { name: 'redis-server', services: ['redis-server'], isInstalled: () => existsSync(REDIS_SERVER) },
  rabbitmq: {
    name: 'rabbitmq-server',
    services: ['rabbitmq-server', 'epmd'],
    isInstalled: () => existsSync(RABBITMQ_SERVER),
  },
};

export class PackagesMissing extends Error {
  override readonly name = 'PackagesMissing';
}

/** Debian packages that the given servers need and this machine lacks. */
export function missingPackages(servers: readonly ServerName[]): string[] {
  return servers.flatMap((server) => {
    const wanted = PACKAGES[server];
    return wanted === undefined || wanted.isInstalled() ? [] : [wanted.name];
  });
}

/**
 * Installs what is missing, announced first.
 *
 * @throws {PackagesMissing} with the exact command, when this is not root or not Debian, or apt failed
 */
export async function ensurePackages(servers: readonly ServerName[], say: (line: string) => void): Promise<void> {
  const missing = missingPackages(servers);
  if (missing.length === 0) return;
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  const byHand = `apt-get update && apt-get ${install.join(' ')}`;
  if (!existsSync('/usr/bin/apt-get')) {
    throw new PackagesMissing(
      `Missing: ${missing.join(', ')}, and there is no apt-get here. Install PostgreSQL >= 15, Redis >= 7 and ` +
        `RabbitMQ >= 3.10 as Debian does, or use BRIGADE_SERVERS=docker, or give POSTGRES_URL, REDIS_URL, AMQP_URL.`,
    );
  }
  if (process.getuid?.() !== 0) {
    throw new PackagesMissing(
      `Missing Debian packages: ${missing.join(', ')}. Run, then start again:\n  sudo sh -c '${byHand}'`,
    );
  }
  say(`Missing Debian packages: ${missing.join(', ')}. Installing them now (apt-get ${install.join(' ')});`);
  say('the daemons that they bring stay off, Brigade starts private ones of its own.');
  await withDaemonsOff(() => installPackages(install, say));
  await disableServices(servers, missing);
  const still = missingPackages(servers);
  if (still.length > 0) throw new PackagesMissing(`apt-get did not bring ${still.join(', ')}. Try:\n  ${byHand}`);
}

/**
 * @param install arguments of apt-get
 * @throws {PackagesMissing} when apt failed
 */
export async function installPackages(install: string[], say: (line: string) => void): Promise<void> {
  let updated = false;
  if (globSync('/var/lib/apt/lists/*_Packages*').length === 0) {
    await updateLists(say);
    updated = true;
  }
  let result = await apt(install);
  if (result.code !== 0 && !updated) {
    // Lists that are too old name versions that the archive no longer has.
    await updateLists(say);
    result = await apt(install);
  }
  if (result.code !== 0) throw new PackagesMissing(`apt-get ${install.join(' ')} failed:\n${result.output}`);
}

/** apt's own lock timeout covers dpkg's lock, not that of the package lists: wait for the latter here. */
async function updateLists(say: (line: string) => void): Promise<void> {
  say('Fetching the package lists (apt-get update).');
  const deadline = performance.now() + LOCK_WAIT_SECONDS * 1000;
  for (;;) {
    const { code, output } = await apt(['update']);
    if (code === 0) return;
    if (!/could not get lock|unable to lock/i.test(output) || performance.now() > deadline) {
      throw new PackagesMissing(`apt-get update failed:\n${output}`);
    }
    await delay(2_000);
  }
}

function apt(args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('apt-get', ['-q', '-o', `DPkg::Lock::Timeout=${LOCK_WAIT_SECONDS}`, ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keepTail = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000));
    child.stdout.on('data', keepTail);
    child.stderr.on('data', keepTail);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Debian starts a daemon when its package is installed (RabbitMQ on all interfaces) unless this file forbids it. */
async function withDaemonsOff(work: () => Promise<void>): Promise<void> {
  if (existsSync(POLICY)) return work();
  await writeFile(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755, flag: 'wx' });
  try {
    await work();
  } finally {
    await rm(POLICY, { force: true });
  }
}

/** On a machine with systemd, the daemons of what was just installed would come up at the next boot. */
async function disableServices(servers: readonly ServerName[], installed: readonly string[]): Promise<void> {
  if (!existsSync('/run/systemd/system')) return;
  const services = servers.flatMap((server) => {
    const wanted = PACKAGES[server];
    return wanted !== undefined && installed.includes(wanted.name) ? wanted.services : [];
  });
  await new Promise<void>((resolve) => {
    spawn('systemctl', ['disable', '--quiet', ...services], { stdio: 'ignore' })
      .once('error', () => resolve())
      .once('close', () => resolve());
  });
}
