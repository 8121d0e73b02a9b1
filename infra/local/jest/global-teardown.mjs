export default async function globalTeardown() {
  const servers = await globalThis.__brigadeTestServers;
  globalThis.__brigadeTestServers = undefined;
  await servers?.stop();
}
