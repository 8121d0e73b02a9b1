import { setTimeout as delay } from 'node:timers/promises';
import { productProcessNames, serverProcesses, subgraphProcesses } from '../arena/process-names.ts';
import { serverNames } from '../arena/plan-arena.ts';
import { inTurns, type FaultClass, type FaultContext } from './fault.ts';

const strokes: Readonly<Record<string, (context: FaultContext) => Promise<void>>> = {
  kill: async ({ arena, chance, note }) => {
    const victim = chance.pick([...productProcessNames, ...serverProcesses]);
    note(`kill -9 ${victim}`);
    arena.signal(victim, 'SIGKILL');
  },
  freeze: async ({ arena, chance, note }) => {
    const victim = chance.pick([...productProcessNames, ...serverProcesses]);
    note(`SIGSTOP ${victim}`);
    arena.signal(victim, 'SIGSTOP');
    await delay(chance.between(1_000, 4_000));
    arena.signal(victim, 'SIGCONT');
  },
  reset: async ({ arena, chance, note }) => {
    const server = chance.pick(serverNames);
    note(`reset every connection to ${server}`);
    arena.proxies[server].reset();
  },
  latency: async ({ arena, chance, note }) => {
    const server = chance.pick(serverNames);
    note(`latency on the way to ${server}`);
    arena.proxies[server].become({ kind: 'latency', ms: 100, jitterMs: 50 });
    await delay(chance.between(1_000, 4_000));
    arena.proxies[server].become({ kind: 'fair' });
  },
  deliveries: async ({ arena, chance, note }) => {
    const victim = chance.pick(subgraphProcesses);
    note(`deliveries of ${victim} are doubled and overtaken`);
    arena.instruct(victim, { failpoints: 'consumer.on-delivery=duplicate%10;consumer.on-delivery=drop%10' });
  },
};

export const mixedFaults: readonly FaultClass[] = [
  {
    name: 'mixed',
    about: 'two of these at a time, in any order',
    async inject(context) {
      const count = Math.max(4, Math.round(context.durationMs / 5_000));
      const kinds = Object.keys(strokes);
      const stream = () =>
        inTurns(
          context,
          Array.from({ length: count }, () => context.chance.pick(kinds)),
          (kind) => strokes[kind]?.(context) ?? Promise.resolve(),
        );
      await Promise.all([stream(), stream()]);
    },
  },
];
