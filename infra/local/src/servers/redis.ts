import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { baseEnvironment } from '../processes/process-spec.ts';
import type { ProcessSpec } from '../processes/process-spec.ts';
import { probeTcp } from './probe.ts';

export const REDIS_SERVER = '/usr/bin/redis-server';

interface RedisOptions {
  /** Its data folder; created. */
  readonly dir: string;
  readonly port: number;
  readonly password: string;
}

/** A private Redis that keeps its data (append-only file, one fsync a second). */
export async function redisServer({ dir, port, password }: RedisOptions): Promise<ProcessSpec> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const configuration = join(dir, 'redis.conf');
  // In a file, because a command line is readable by every user of the machine.
  await writeFile(
    configuration,
    [
      'bind 127.0.0.1',
      `port ${port}`,
      `dir ${JSON.stringify(dir)}`,
      'daemonize no',
      'appendonly yes',
      'appendfsync everysec',
      'save ""',
      'maxmemory 256mb',
      // Sessions, carts and reservations live here beside caches: refuse writes rather than lose one of them.
      'maxmemory-policy noeviction',
      `requirepass ${password}`,
    ].join('\n') + '\n',
    { mode: 0o600 },
  );
  return {
    name: 'redis',
    command: REDIS_SERVER,
    args: [configuration],
    env: baseEnvironment(),
    cwd: dir,
    stopSignal: 'SIGTERM',
    stopWithinMs: 4_000,
    readyWithinMs: 20_000,
    isReady: async () => {
      const answer = await probeTcp({ port }, `AUTH ${password}\r\nPING\r\n`, (text) => text.split('\r\n').length > 2);
      return answer.includes('+PONG');
    },
  };
}

/** The address that a client uses. */
export function redisUrl({ port, password }: Pick<RedisOptions, 'port' | 'password'>): string {
  return `redis://:${password}@127.0.0.1:${port}`;
}
