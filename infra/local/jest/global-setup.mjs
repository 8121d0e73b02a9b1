import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buildTask } from '../src/restaurant.ts';
import { startTestServers } from '../src/servers/test-servers.ts';

/**
 * Builds what is stale, for the tests that run the product's processes, and starts the servers. Both the integration
 * and the end-to-end project name this hook: the first call does it, the second finds it done.
 */
export default async function globalSetup() {
  globalThis.__brigadeTestServers ??= startTestServers();
  globalThis.__brigadeBuild ??= build();
  await Promise.all([globalThis.__brigadeTestServers, globalThis.__brigadeBuild]);
}

async function build() {
  const { command, args, cwd, env } = buildTask().task;
  const [code] = await once(spawn(command, args, { cwd, env, stdio: ['ignore', 2, 2] }), 'exit');
  if (code !== 0) throw new Error(`the build ended with ${code}`);
}
