import { startTestServers } from '../src/servers/test-servers.ts';

/** Both the integration and the end-to-end project name this hook: the first call starts the servers, the second finds them. */
export default async function globalSetup() {
  globalThis.__brigadeTestServers ??= startTestServers();
  await globalThis.__brigadeTestServers;
}
