import { randomBytes } from 'node:crypto';
import { globSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMark } from '../processes/proc.ts';
import type { ServerName } from './debian-packages.ts';
import { PortBlock } from './port-block.ts';
import { serverPortsFrom } from './server-ports.ts';
import { startServers } from './start-servers.ts';
import type { ServerAddresses } from './start-servers.ts';

const FOLDER_PREFIX = 'brigade-test-';

/** The variable by which a test run is given a server from outside, and the field that our own fills it from. */
const VARIABLES: Record<ServerName, [variable: string, address: keyof ServerAddresses]> = {
  postgres: ['POSTGRES_URL', 'postgresUrl'],
  redis: ['REDIS_URL', 'redisUrl'],
  rabbitmq: ['AMQP_URL', 'amqpUrl'],
  mongo: ['MONGODB_URI', 'mongoUri'],
};

/**
 * Starts the real servers for one test run, on free ports in a folder of their own, and puts their addresses into
 * `process.env` (the workers inherit it). A server whose variable is already set is used as it is; an outside
 * MONGODB_URI is kept in TEST_EXTERNAL_MONGODB_URI too, for the suite that compares both stores. A server that ends by
 * itself is said at once, and `stop` throws: what failed meanwhile failed for that reason.
 */
export async function startTestServers(): Promise<{ stop(): Promise<void> }> {
  await removeLeftOvers();
  if (process.env['MONGODB_URI'] !== undefined) process.env['TEST_EXTERNAL_MONGODB_URI'] = process.env['MONGODB_URI'];
  process.env['ACTOR_SECRET'] ??= secret();

  const own = (Object.keys(VARIABLES) as ServerName[]).filter(
    (server) => process.env[VARIABLES[server][0]] === undefined,
  );
  const dataDir = await mkdtemp(join(tmpdir(), `${FOLDER_PREFIX}${process.pid}-`));
  await chmod(dataDir, 0o711); // PostgreSQL's account passes through it
  const block = await PortBlock.reserve();
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const crashes: string[] = [];
  const servers = await startServers({
    dataDir,
    ports: await serverPortsFrom(block),
    passwords: { postgres: secret(), redis: secret(), amqp: secret(), mongo: secret() },
    only: own,
    mongoFromSource: true,
    say,
    supervision: {
      onCrash: ({ name, reason, logTail }) => {
        crashes.push(`${name} ended by itself during the test run (${reason}):\n${logTail}`);
        say(crashes.at(-1) ?? '');
      },
    },
  });
  for (const server of own) {
    const [variable, address] = VARIABLES[server];
    process.env[variable] = servers[address];
  }
  if (own.includes('rabbitmq')) process.env['AMQP_MANAGEMENT_URL'] = servers.amqpManagementUrl;
  return {
    stop: async () => {
      await servers.stop({ hard: true });
      block.release();
      // What was killed may still be writing its last file.
      await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
      if (crashes.length > 0) throw new Error(crashes.join('\n'));
    },
  };
}

/** A test run that was killed took its servers with it, but not their folder. */
async function removeLeftOvers(): Promise<void> {
  for (const folder of globSync(join(tmpdir(), `${FOLDER_PREFIX}*`))) {
    const pid = new RegExp(`${FOLDER_PREFIX}(\\d+)-`).exec(folder)?.[1];
    if (pid !== undefined && startMark(Number(pid)) === undefined) await rm(folder, { recursive: true, force: true });
  }
}

function secret(): string {
  return randomBytes(18).toString('hex');
}
