import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BrokenHistory } from '../store/history-files.ts';
import { incompatibilities, type JsonSchema } from './compatibility.ts';

/** Message contracts by name, e.g. `orders.order-placed.v1`. */
export type Contracts = ReadonlyMap<string, JsonSchema>;

export interface ContractVerdict {
  readonly name: string;
  readonly change: 'same' | 'new' | 'changed' | 'removed';
  /** Why it may not stand; empty when it may. */
  readonly faults: readonly string[];
}

/** Judges every contract that there is or was; in the order of their names. */
export function judgeContracts(published: Contracts, proposed: Contracts): ContractVerdict[] {
  const names = [...new Set([...published.keys(), ...proposed.keys()])].toSorted();
  return names.map((name): ContractVerdict => {
    const [before, after] = [published.get(name), proposed.get(name)];
    if (!before) return { name, change: 'new', faults: [] };
    if (!after) {
      const fault = 'it is gone: what waits in outboxes, queues and dead letters could not be read any more';
      return { name, change: 'removed', faults: [fault] };
    }
    const faults = incompatibilities(before, after).map(({ at, message }) => `${at || 'the payload'}: ${message}`);
    const same = JSON.stringify(before) === JSON.stringify(after);
    return { name, change: same ? 'same' : 'changed', faults };
  });
}

/** Reads the contracts that were published, a JSON file each; none when there is no folder. @throws BrokenHistory */
export async function readContracts(folder: string): Promise<Contracts> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const read = files
    .filter((file) => file.endsWith('.json'))
    .map(async (file): Promise<[string, JsonSchema]> => {
      const text = await readFile(join(folder, file), 'utf8');
      try {
        return [basename(file, '.json'), JSON.parse(text) as JsonSchema];
      } catch (error) {
        throw new BrokenHistory(`messages/${file} is no JSON: ${(error as Error).message}`, { cause: error });
      }
    });
  return new Map(await Promise.all(read));
}

/** Keeps contracts; those that are there already and not among `contracts` stay. */
export async function writeContracts(folder: string, contracts: Contracts): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, schema] of contracts) {
    await writeFile(join(folder, `${name}.json`), `${JSON.stringify(schema, null, 2)}\n`);
  }
}
