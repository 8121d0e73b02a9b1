import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { acquireLock } from './lock.ts';
import type { Plan } from './plan.ts';
import { assertPortsFree, ephemeralPorts } from './ports.ts';
import { stopOrphans } from './processes/pids-file.ts';
import type { Progress } from './progress.ts';
import { listenForSignals } from './signals.ts';
import type { Signals } from './signals.ts';
import { System } from './system.ts';

/** Everything ends within this, killed if need be. */
const STOP_WITHIN_MS = 9_000;

/**
 * Starts what is planned, keeps it running until SIGINT, SIGTERM or SIGHUP, and stops it in reverse order.
 * A second signal kills what is left and exits with 130.
 *
 * @throws what kept it from starting; nothing of it runs any more then
 */
export async function runSystem(plan: Plan, progress: Progress): Promise<void> {
  const begun = performance.now();
  prepareDataDir(plan.dataDir);
  const lock = acquireLock(plan.dataDir, { basePort: plan.basePort, command: plan.command });
  const signals = listenForSignals();
  try {
    await clearTheWay(plan, progress);
    const system = new System(plan.begin(), plan.dataDir, progress);
    const started = system.start();
    started.catch(() => undefined); // after a signal its failure is our own doing
    try {
      await Promise.race([started, signals.first]);
      if (!signals.asked.aborted) progress.say(system.summary((performance.now() - begun) / 1000));
      await signals.first;
      progress.say('\nStopping …');
    } finally {
      await stopInTime(system, signals, progress);
      rmSync(system.pidsFile, { force: true });
    }
  } finally {
    signals.close();
    lock.release();
  }
}

/** Makes the folder; open enough that PostgreSQL's account can pass through, each thing inside closed by itself. */
export function prepareDataDir(dataDir: string): void {
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  chmodSync(dataDir, 0o711);
}

/** Ends orphans, empties the data when asked to, and looks at every port, before anything starts. */
export async function clearTheWay(plan: Plan, progress: Progress): Promise<void> {
  const orphans = await stopOrphans(join(plan.dataDir, 'pids.json'));
  if (orphans.length > 0) {
    progress.warn(`Stopped what a killed launcher had left: ${orphans.map(({ name }) => name).join(', ')}.`);
  }
  await plan.prepare?.();
  await assertPortsFree(plan.ports);
  const exposed = ephemeralPorts(plan.ports);
  if (exposed !== undefined) progress.warn(exposed);
  if (!plan.fresh) return;
  for (const name of readdirSync(plan.dataDir)) {
    if (name !== 'lock') rmSync(join(plan.dataDir, name), { recursive: true, force: true });
  }
  prepareDataDir(plan.dataDir);
  progress.say('  emptied the data (--fresh)');
}

async function stopInTime(system: System, signals: Signals, progress: Progress): Promise<void> {
  const begun = performance.now();
  signals.onSecond(() => {
    system.kill();
    process.exit(130); // what is not dead yet dies with us
  });
  const limit = setTimeout(() => system.kill(), STOP_WITHIN_MS);
  await system.stop();
  clearTimeout(limit);
  progress.say(`Stopped all in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
}
