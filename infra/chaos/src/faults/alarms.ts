import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { baseEnvironment } from '../../../local/src/processes/process-spec.ts';
import type { Arena } from '../arena/arena.ts';
import { inTurns, type FaultClass } from './fault.ts';

const run = promisify(execFile);
const SCRIPT = '/usr/lib/rabbitmq/bin/rabbitmqctl';
const FOR_MS = 8_000;

/** What the broker is told is short, and what it is told when it is well again. */
const alarms = {
  'disk full': { alarm: ['set_disk_free_limit', '1000000GB'], well: ['set_disk_free_limit', '200MB'] },
  'memory full': {
    alarm: ['set_vm_memory_high_watermark', 'absolute', '1MB'],
    well: ['set_vm_memory_high_watermark', 'absolute', '768MB'],
  },
} as const;

export const alarmFaults: readonly FaultClass[] = [
  {
    name: 'broker-alarms',
    about: 'the broker finds its disk, then its memory, full, and takes no messages',
    inject: (context) =>
      inTurns(context, context.chance.shuffled(Object.keys(alarms) as (keyof typeof alarms)[]), async (name) => {
        const { alarm, well } = alarms[name];
        context.note(`the broker's ${name}`);
        await control(context.arena, alarm);
        await delay(Math.min(FOR_MS, context.durationMs / 4));
        await control(context.arena, well);
      }),
  },
];

/** Talks to the broker's node as its administrator does. */
async function control({ dataDir, ports }: Arena, args: readonly string[]): Promise<void> {
  await run(existsSync(SCRIPT) ? SCRIPT : 'rabbitmqctl', ['-q', '-n', 'brigade@localhost', ...args], {
    env: {
      ...baseEnvironment(),
      HOME: join(dataDir, 'rabbitmq'),
      ERL_EPMD_PORT: String(ports.servers.epmd),
      ERL_EPMD_ADDRESS: '127.0.0.1',
    },
  });
}
