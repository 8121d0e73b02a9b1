import { setTimeout as delay } from 'node:timers/promises';
import { productProcessNames, serverProcesses, type ProcessName } from '../arena/process-names.ts';
import { inTurns, type FaultClass } from './fault.ts';

const kill = (name: string, about: string, victims: readonly ProcessName[]): FaultClass => ({
  name,
  about,
  inject: (context) =>
    inTurns(context, context.chance.shuffled(victims), async (victim) => {
      context.note(`kill -9 ${victim}`);
      context.arena.signal(victim, 'SIGKILL');
    }),
});

const freeze = (name: string, about: string, victims: readonly ProcessName[]): FaultClass => ({
  name,
  about,
  inject: (context) =>
    inTurns(context, context.chance.shuffled(victims), async (victim, atMostMs) => {
      const forMs = Math.min(atMostMs, context.chance.between(2_000, 6_000));
      context.note(`SIGSTOP ${victim} for ${(forMs / 1_000).toFixed(1)} s`);
      context.arena.signal(victim, 'SIGSTOP');
      await delay(forMs);
      context.arena.signal(victim, 'SIGCONT');
    }),
});

export const processFaults: readonly FaultClass[] = [
  kill(
    'kill-processes',
    'kill -9 of each subgraph, the router, the devices and the payment provider',
    productProcessNames,
  ),
  kill('kill-servers', 'kill -9 of PostgreSQL, Redis, RabbitMQ and the Mongo store', serverProcesses),
  freeze(
    'freeze-processes',
    'SIGSTOP, later SIGCONT, of each subgraph, router, devices, provider',
    productProcessNames,
  ),
  freeze('freeze-servers', 'SIGSTOP, later SIGCONT, of each server', serverProcesses),
];
