import { setTimeout as delay } from 'node:timers/promises';
import { serverNames } from '../arena/plan-arena.ts';
import type { Weather } from '../arena/tcp-proxy.ts';
import { inTurns, type FaultClass } from './fault.ts';

const weather = (name: string, about: string, conditions: Weather, forMs: number): FaultClass => ({
  name,
  about,
  inject: (context) =>
    inTurns(context, context.chance.shuffled(serverNames), async (server, atMostMs) => {
      const ms = Math.min(forMs, Math.max(atMostMs, 1_000));
      context.note(`${name} on the way to ${server} for ${(ms / 1_000).toFixed(1)} s`);
      context.arena.proxies[server].become(conditions);
      await delay(ms);
      context.arena.proxies[server].become({ kind: 'fair' });
    }),
});

const resets: FaultClass = {
  name: 'resets',
  about: 'every connection to one server is reset, several times',
  inject: (context) => {
    const victims = serverNames.flatMap((name) => [name, name, name]);
    return inTurns(context, context.chance.shuffled(victims), async (server) => {
      context.note(`reset every connection to ${server}`);
      context.arena.proxies[server].reset();
    });
  },
};

export const networkFaults: readonly FaultClass[] = [
  weather('latency', '100±50 ms each way to one server', { kind: 'latency', ms: 100, jitterMs: 50 }, 12_000),
  resets,
  weather('black-hole', 'nothing arrives at one server, and nobody is told, for 10 s', { kind: 'black hole' }, 10_000),
  weather('slow-network', '1 KB/s each way to one server', { kind: 'slow', bytesPerSecond: 1_024 }, 8_000),
];
