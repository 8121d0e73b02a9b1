import { setTimeout as delay } from 'node:timers/promises';
import type { Arena } from '../arena/arena.ts';
import { failpointOf, type Cell } from './cells.ts';

/** How long a cell waits for its message, milliseconds. Its participants crash too, meanwhile. */
const REACHED_WITHIN_MS = 60_000;

/**
 * Goes through the cells while traffic passes: each subgraph has its own list, all of them side by side. A process is
 * told where to crash, crashes there, is started again by the launcher, and is told the next.
 * @returns the cells that were not reached
 */
export async function crashAtEach(
  arena: Arena,
  cells: readonly Cell[],
  onCrash: (cell: Cell, left: number) => void,
): Promise<Cell[]> {
  const missed: Cell[] = [];
  let left = cells.length;
  const lists = Map.groupBy(cells, ({ subgraph }) => subgraph);
  await Promise.all(
    [...lists].map(async ([subgraph, list]) => {
      for (const cell of list) {
        const before = await arena.untilReady(subgraph);
        arena.instruct(subgraph, { failpoints: failpointOf(cell) });
        const deadline = Date.now() + REACHED_WITHIN_MS;
        while (arena.pidOf(subgraph) === before && Date.now() < deadline) await delay(20);
        left -= 1;
        if (arena.pidOf(subgraph) === before) {
          missed.push(cell);
          arena.instruct(subgraph, {});
        } else onCrash(cell, left);
      }
    }),
  );
  return missed;
}
