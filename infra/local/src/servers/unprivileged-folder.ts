import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { RunAs } from '../processes/process-spec.ts';
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
 * PostgreSQL runs as an unprivileged account, which must be able to walk down to its folder. Where a parent is closed
 * to it (a checkout under root's own home, mode 700), it is given the one capability that lets it pass.
 *
 * @throws {FolderNotTraversable} when that is not permitted here (a restricted container): names the first folder on
 *   the way that stops it, and what to do
 */
export async function accountFor(account: string, folder: string): Promise<RunAs> {
  for (const runAs of [{ account }, { account, throughClosedFolders: true }]) {
    if (await canEnter(runAs, folder)) return runAs;
  }
  const way = [folder];
  while (dirname(way[0]!) !== way[0]) way.unshift(dirname(way[0]!));
  let closed = folder;
  for (const step of way) {
    closed = step;
    if (!(await canEnter({ account }, step))) break;
  }
  const mode = ((await stat(closed)).mode & 0o777).toString(8);
  throw new FolderNotTraversable(
    `PostgreSQL runs as the account "${account}", which may not pass through ${closed} (mode ${mode}).\n` +
      `Either let it pass:         chmod o+x ${closed}\n` +
      `or keep the data elsewhere: BRIGADE_DATA=/var/lib/brigade npm start`,
  );
}

/** By entering it: access(2), which `test -x` asks, looks away from capabilities. */
async function canEnter(runAs: RunAs, folder: string): Promise<boolean> {
  const [command, args] = guardedCommand('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], runAs);
  return run(command, args, { cwd: '/' }).then(
    () => true,
    () => false,
  );
}
