import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OperationPlan } from './planner.ts';
import type { PlanOperation } from './planning-thread.ts';

/** Of the planner and of this format: plans of another are none. */
const VERSION = '@apollo/query-planner 2.14.4, 2';

export interface KeptPlansOptions {
  readonly folder: string;
  /** Tells one supergraph's plans from another's. */
  readonly supergraphId: string;
  /** So many files are kept. */
  readonly most: number;
  readonly plan: PlanOperation;
  /** Told why plans could not be kept; they are made anew then. */
  readonly onTrouble: (error: unknown) => void;
}

/**
 * Plans that outlive the process: one that starts again, perhaps because it crashed under load, need not plan what it
 * served before. What can't be read is planned.
 */
export function keepPlans({ folder, supergraphId, most, plan, onTrouble }: KeptPlansOptions): PlanOperation {
  const ready = mkdir(folder, { recursive: true }).then(() => prune(folder, most));
  ready.catch(onTrouble);
  return async (source, operationName) => {
    const key = JSON.stringify([VERSION, supergraphId, operationName ?? null, source]);
    const file = join(folder, `${createHash('sha256').update(key).digest('hex')}.json`);
    const kept = await readPlan(file);
    if (kept) return kept;
    const made = await plan(source, operationName);
    // Nobody waits for it.
    ready.then(() => writeWhole(file, JSON.stringify(made))).catch(onTrouble);
    return made;
  };
}

async function readPlan(file: string): Promise<OperationPlan | undefined> {
  try {
    const plan: unknown = JSON.parse(await readFile(file, 'utf8'));
    const isPlan = typeof plan === 'object' && plan !== null && (plan as { kind?: unknown }).kind === 'QueryPlan';
    return isPlan ? (plan as OperationPlan) : undefined;
  } catch {
    return undefined; // none yet, or not whole
  }
}

async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, text, { mode: 0o600 });
  await rename(unfinished, file);
}

/** Deletes the oldest files, so that as many as may be are left. */
async function prune(folder: string, most: number): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= most) return;
  const files = await Promise.all(
    names.map(async (name) => ({ path: join(folder, name), at: (await stat(join(folder, name))).mtimeMs })),
  );
  const oldest = files.toSorted((a, b) => a.at - b.at).slice(0, files.length - most);
  await Promise.all(oldest.map(({ path }) => rm(path, { force: true })));
}
