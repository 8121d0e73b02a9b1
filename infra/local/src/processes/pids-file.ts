import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { startMark } from './proc.ts';

const recorded = z.array(z.object({ name: z.string(), pid: z.number().int().positive(), mark: z.string() }));
export type RecordedProcess = z.infer<typeof recorded>[number];

/** Writes down who runs, so that a later launcher can recognise what a killed one left behind. */
export function recordProcesses(file: string, running: readonly { name: string; pid: number }[]): void {
  const entries = running.flatMap(({ name, pid }) => {
    const mark = startMark(pid);
    return mark === undefined ? [] : [{ name, pid, mark }];
  });
  writeFileSync(`${file}.new`, JSON.stringify(entries, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The recorded processes that still run. A pid that was given to another program since is not among them. */
export function recordedAlive(file: string): RecordedProcess[] {
  let entries: RecordedProcess[];
  try {
    entries = recorded.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return []; // none written, or torn by the kill that made the orphans
  }
  return entries.filter(({ pid, mark }) => startMark(pid) === mark);
}

const ORPHAN_GRACE_MS = 4_000;

/** Ends what a killed launcher left behind: asks first, kills after 4 s. Returns whom it ended. */
export async function stopOrphans(file: string): Promise<RecordedProcess[]> {
  const orphans = recordedAlive(file);
  signal(orphans, 'SIGTERM');
  const deadline = performance.now() + ORPHAN_GRACE_MS;
  while (recordedAlive(file).length > 0 && performance.now() < deadline) await delay(50);
  signal(recordedAlive(file), 'SIGKILL');
  while (recordedAlive(file).length > 0) await delay(20);
  rmSync(file, { force: true });
  return orphans;
}

function signal(processes: readonly RecordedProcess[], name: NodeJS.Signals): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, name);
    } catch {
      // Ended by itself meanwhile.
    }
  }
}
