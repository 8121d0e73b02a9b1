import { setTimeout as delay } from 'node:timers/promises';
import type { Arena } from '../arena/arena.ts';
import { failpointOf, passOf, type Cell } from './cells.ts';

/**
 * How long a process is waited for to reach one of the cells that it was told of, since anyone crashed, milliseconds:
 * while others crash, some messages hardly pass.
 */
const REACHED_WITHIN_MS = 60_000;
/**
 * How many cells a process is told of at once; it dies at the one that it reaches first. Few, so that most of its
 * messages get through: the broker gives one out 50 times at most.
 */
const TOLD_OF = 8;

/**
 * Goes through the cells while traffic passes: each subgraph has its own list, all of them side by side. A process is
 * told where to crash, crashes at one of these, is started again by the launcher, and is told of the rest.
 * @returns the cells that were not reached
 */
export async function crashAtEach(
  arena: Arena,
  cells: readonly Cell[],
  onCrash: (cell: Cell, left: number) => void,
): Promise<Cell[]> {
  const missed: Cell[] = [];
  let left = cells.length;
  let lastCrash = Date.now();
  const lists = Map.groupBy(cells, ({ subgraph }) => subgraph);
  await Promise.all(
    [...lists].map(async ([subgraph, list]) => {
      const ahead = new Set(list);
      while (ahead.size > 0) {
        const told = [...ahead].slice(0, TOLD_OF);
        const before = await arena.untilReady(subgraph);
        arena.instruct(subgraph, { failpoints: told.map(failpointOf).join(';') });
        const died = await until(
          () => arena.pidOf(subgraph) !== before,
          () => lastCrash + REACHED_WITHIN_MS,
        );
        if (!died) {
          arena.instruct(subgraph, {});
          missed.push(...told);
          for (const cell of told) ahead.delete(cell);
          left -= told.length;
          continue;
        }
        const lastWords = arena.lastFailpoint(subgraph);
        const reached = told.find((cell) => passOf(cell) === lastWords);
        if (!reached) continue; // it died of something else
        lastCrash = Date.now();
        ahead.delete(reached);
        left -= 1;
        onCrash(reached, left);
      }
    }),
  );
  return missed;
}

/** @returns whether it came about before the deadline, which may move */
async function until(condition: () => boolean, deadline: () => number): Promise<boolean> {
  while (Date.now() < deadline()) {
    if (condition()) return true;
    await delay(20);
  }
  return condition();
}
