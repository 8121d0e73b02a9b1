import { setTimeout as delay } from 'node:timers/promises';
import { subgraphProcesses } from '../arena/process-names.ts';
import type { FaultClass } from './fault.ts';

const HOUR_MS = 3_600_000;

export const clockFaults: readonly FaultClass[] = [
  {
    name: 'clock',
    about: 'the clock of one service is an hour fast, then that of another an hour slow',
    async inject({ arena, chance, durationMs, note }) {
      const [first, second] = chance.shuffled([...subgraphProcesses, 'payment-provider', 'kitchen-device'] as const);
      for (const [victim, offset] of [
        [first, HOUR_MS],
        [second, -HOUR_MS],
      ] as const) {
        if (!victim) continue;
        await delay(durationMs * 0.05);
        note(`the clock of ${victim} is ${offset > 0 ? 'an hour fast' : 'an hour slow'}`);
        arena.instruct(victim, { clockOffsetMs: offset });
        await delay(durationMs * 0.35);
        arena.instruct(victim, {});
      }
    },
  },
];
