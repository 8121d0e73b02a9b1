import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { guardedCommand } from '../processes/spawn-guarded.ts';

const run = promisify(execFile);

export class FolderNotTraversable extends Error {
  override readonly name = 'FolderNotTraversable';
}

/** Makes `account` the owner of one file or folder (not of what is inside). */
export async function giveFolderTo(account: string, path: string): Promise<void> {
  await run('chown', [`${account}:`, path]);
}

/**
 * PostgreSQL runs as an unprivileged account, which must be able to walk down to its folder.
 *
 * @throws {FolderNotTraversable} naming the first folder on the way that stops it, and what to do
 */
export async function assertTraversable(account: string, folder: string): Promise<void> {
  if (await canEnter(account, folder)) return;
  const way = [folder];
  while (dirname(way[0]!) !== way[0]) way.unshift(dirname(way[0]!));
  for (const step of way) {
    if (await canEnter(account, step)) continue;
    const mode = ((await stat(step)).mode & 0o777).toString(8);
    throw new FolderNotTraversable(
      `PostgreSQL runs as the account "${account}", which may not pass through ${step} (mode ${mode}).\n` +
        `Either let it pass:       chmod o+x ${step}\n` +
        `or keep the data elsewhere: BRIGADE_DATA=/var/lib/brigade npm start`,
    );
  }
}

async function canEnter(account: string, folder: string): Promise<boolean> {
  const [command, args] = guardedCommand('/usr/bin/test', ['-x', folder], account);
  return run(command, args, { cwd: '/' }).then(
    () => true,
    () => false,
  );
}
