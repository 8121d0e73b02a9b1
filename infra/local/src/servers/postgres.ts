import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { chmod, mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { awaitCondition } from '../processes/await-condition.ts';
import { processesIn } from '../processes/proc.ts';
import { baseEnvironment } from '../processes/process-spec.ts';
import type { ProcessSpec, RunAs } from '../processes/process-spec.ts';
import { guardedCommand } from '../processes/spawn-guarded.ts';
import { accountFor, giveFolderTo } from './unprivileged-folder.ts';

const run = promisify(execFile);
/** PostgreSQL refuses to run as root; Debian's package brings this account. */
const ACCOUNT = 'postgres';
export const POSTGRES_USER = 'brigade';

interface PostgresOptions {
  /** Its data folder; created. Every parent must be traversable by the account it runs as. */
  readonly dir: string;
  readonly port: number;
  readonly password: string;
}

/** The folder of the newest installed PostgreSQL's programs (>= 15), or undefined. */
export function findPostgresPrograms(): string | undefined {
  const version = (path: string) => Number(/postgresql\/(\d+)/.exec(path)?.[1] ?? 0);
  const found = globSync('/usr/lib/postgresql/*/bin/postgres').filter((path) => version(path) >= 15);
  const newest = found.sort((a, b) => version(b) - version(a))[0];
  return newest === undefined ? undefined : dirname(newest);
}

/** A private PostgreSQL with its real durability settings; creates the cluster on first use. */
export async function postgresServer({ dir, port, password }: PostgresOptions): Promise<ProcessSpec> {
  const programs = findPostgresPrograms();
  if (programs === undefined) throw new Error('PostgreSQL >= 15 is not installed');
  await mkdir(dir, { recursive: true, mode: 0o700 });
  let runAs: RunAs | undefined;
  if (process.getuid?.() === 0) {
    await giveFolderTo(ACCOUNT, dir);
    runAs = await accountFor(ACCOUNT, dir);
  }
  const cluster = join(dir, 'cluster');
  if (!existsSync(cluster)) await createCluster(programs, dir, cluster, password, runAs);
  await forgetKilledServer(cluster);

  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '64MB',
    max_wal_size: '256MB',
    jit: 'off', // compiling costs more than our short statements save
  };
  return {
    name: 'postgres',
    command: join(programs, 'postgres'),
    args: ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    env: { ...baseEnvironment(), LC_ALL: 'C.UTF-8' },
    cwd: dir,
    ...(runAs === undefined ? {} : { runAs }),
    stopSignal: 'SIGINT', // "fast": SIGTERM would wait for every client to leave
    stopWithinMs: 5_000,
    readyWithinMs: 60_000, // recovery after a kill may take its time
    isReady: async () => {
      await run(join(programs, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port), '-q']);
      return true;
    },
  };
}

/**
 * A killed server leaves its pid file. PostgreSQL itself looks whether that pid is alive, and takes a zombie, or a
 * stranger who got the pid since, for the old server. We hold the data folder's lock: when nobody works in the cluster
 * any more, its backends included, the file is only a memory.
 */
async function forgetKilledServer(cluster: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  if (!existsSync(pidFile) || !existsSync('/proc/self')) return;
  const place = await realpath(cluster);
  const isDeserted = () => processesIn(place).length === 0;
  // Its backends notice the death within moments. If somebody stays, PostgreSQL's own refusal is the right answer.
  await awaitCondition('the end of old backends', isDeserted, { withinMs: 10_000 }).then(
    () => rm(pidFile),
    () => undefined,
  );
}

/** Built beside its final place and renamed, so that an interrupted initdb leaves nothing that looks finished. */
async function createCluster(programs: string, dir: string, cluster: string, password: string, runAs?: RunAs) {
  const unfinished = join(dir, 'cluster.new');
  const passwordFile = join(dir, 'password');
  await rm(unfinished, { recursive: true, force: true });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (runAs !== undefined) await giveFolderTo(runAs.account, passwordFile);
  try {
    const [command, args] = guardedCommand(
      join(programs, 'initdb'),
      // prettier-ignore
      ['-D', unfinished, '-U', POSTGRES_USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C.UTF-8'],
      runAs,
    );
    await run(command, args, { cwd: dir, env: baseEnvironment() });
    await rename(unfinished, cluster);
    await chmod(cluster, 0o700);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** The address that an administrator uses; each subgraph creates its own database beside `postgres`. */
export function postgresUrl({ port, password }: Pick<PostgresOptions, 'port' | 'password'>): string {
  return `postgresql://${POSTGRES_USER}:${password}@127.0.0.1:${port}/postgres`;
}
