import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class FolderLocked extends Error {
  constructor(folder: string) {
    super(`another development store is using ${folder}`);
    this.name = 'FolderLocked';
  }
}

/**
 * Holds a data folder by listening on a socket named after it: the kernel lets go of it when the process dies,
 * however it dies, so there is no stale lock file. On Linux the name is abstract (no file at all).
 * @returns the function that lets go.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const name = `brigade-mongo-dev-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24)}`;
  const path = process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
  const server = (await tryListen(path)) ?? ((await isStale(path)) ? await tryListen(path) : undefined);
  if (!server) throw new FolderLocked(folder);
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

function tryListen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(path, () => resolve(server));
  });
}

/** A socket file that nobody answers on is left over from a killed process; abstract names leave nothing. */
function isStale(path: string): Promise<boolean> {
  if (path.startsWith('\0')) return Promise.resolve(false);
  return new Promise((resolve) => {
    const probe = connect(path, () => (probe.destroy(), resolve(false)));
    probe.once('error', () => {
      rmSync(path, { force: true });
      resolve(true);
    });
  });
}
