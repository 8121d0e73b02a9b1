import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { otherBasePort } from './ports.ts';
import { startMark } from './processes/proc.ts';

const holder = z.object({ pid: z.number(), mark: z.string(), basePort: z.number(), command: z.string() });
export type LockHolder = z.infer<typeof holder>;

export class DataInUse extends Error {
  override readonly name = 'DataInUse';
}

/** The one launcher that may use a data folder. */
export interface Lock {
  release(): void;
}

/**
 * Takes the folder's lock. The kernel holds it on an open file, so that it ends with this process however it ends;
 * what is written in the file only tells others who has it.
 *
 * @throws {DataInUse} naming the launcher that has it
 */
export function acquireLock(dataDir: string, who: { basePort: number; command: string }): Lock {
  const file = lockFile(dataDir);
  const fd = openSync(file, 'a+', 0o600);
  // The lock belongs to the open file, which flock(1) shares with us and leaves to us when it ends.
  const { status, error } = spawnSync('flock', ['--nonblock', '3'], { stdio: ['ignore', 'ignore', 'ignore', fd] });
  const taken = error === undefined ? status !== 0 : readHolder(dataDir) !== undefined; // no flock(1): trust the file
  if (taken) {
    closeSync(fd);
    const other = readHolder(dataDir);
    const whom =
      other === undefined ? 'another launcher' : `another launcher (pid ${other.pid}, port ${other.basePort})`;
    throw new DataInUse(
      `${dataDir} is in use by ${whom}. End it (Ctrl-C there${other === undefined ? '' : `, or kill ${other.pid}`}), ` +
        `or start a second Brigade with other data and ports: BRIGADE_DATA=.data-2 BRIGADE_PORT=${otherBasePort(other?.basePort ?? who.basePort)} npm start`,
    );
  }
  ftruncateSync(fd);
  writeSync(fd, JSON.stringify({ pid: process.pid, mark: startMark(process.pid) ?? '', ...who }));
  return {
    release: () => {
      ftruncateSync(fd);
      closeSync(fd);
    },
  };
}

/** The launcher that runs on this data, or undefined. */
export function readHolder(dataDir: string): LockHolder | undefined {
  try {
    const found = holder.parse(JSON.parse(readFileSync(lockFile(dataDir), 'utf8')));
    return startMark(found.pid) === found.mark ? found : undefined;
  } catch {
    return undefined;
  }
}

function lockFile(dataDir: string): string {
  return join(dataDir, 'lock');
}
