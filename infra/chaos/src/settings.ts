import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { repositoryRoot } from '../../local/src/repository-root.ts';

const number = (what: string) => z.coerce.number(`expected ${what}`);

const schema = z.object({
  seed: number('a whole number').int().min(0).optional(),
  orders: number('a number of orders').int().min(1).max(1_000_000).default(2_000),
  pace: number('orders per second').positive().max(500).default(35),
  port: number('a port').int().min(1_024).max(65_000).default(4_500),
  only: z.string().optional(),
  data: z.string().default(join(repositoryRoot, '.data', 'chaos')),
});

export interface ChaosSettings {
  /** Of every choice that is left to chance: which order, which victim, which moment. */
  seed: number;
  /** Orders placed under each class of faults. */
  orders: number;
  /** Orders a second. */
  pace: number;
  /** The router's port; the others follow it. */
  port: number;
  /** Names of the classes to run; all when empty. */
  only: readonly string[];
  /** Where the copy keeps its data; emptied at the start. */
  dataDir: string;
}

export const USAGE = `npm run test:chaos -- [--seed N] [--orders N] [--only FAULT,...] [--pace N] [--port N] [--data FOLDER]

Starts a copy of everything on ports of its own, places orders through the router at a steady pace, breaks things
meanwhile, heals them, waits until all is quiet, and looks at what is left: databases, the provider's ledger, the
devices' log, and what each client was told. Nothing may be lost or doubled.

  --seed N      of every choice that is left to chance (default: another one each time; it is printed)
  --orders N    orders under each class of faults (2000)
  --only FAULT  only these classes, between commas; --only list prints them
  --pace N      orders a second (35)
  --port N      the router's port, the others follow it (4500)
  --data FOLDER where the copy keeps its data and logs (.data/chaos)
`;

/** @throws Error that names every fault of the command line */
export function readChaosSettings(argv: readonly string[]): ChaosSettings | 'help' {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...Object.fromEntries(Object.keys(schema.shape).map((name) => [name, { type: 'string' as const }])),
      help: { type: 'boolean', short: 'h' },
    },
  });
  const { help, ...given } = values as Record<string, unknown>;
  if (help) return 'help';
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'));
  }
  const { seed = Math.floor(Math.random() * 1e9), orders, pace, port, only, data } = parsed.data;
  const names = (only ?? '').split(',').map((name) => name.trim());
  return { seed, orders, pace, port, dataDir: data, only: names.filter(Boolean) };
}
