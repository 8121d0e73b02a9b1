import { join } from 'node:path';
import type { Plan, PlannedWork } from '../../../local/src/plan.ts';
import { portsFrom } from '../../../local/src/ports.ts';
import { productProcesses } from '../../../local/src/product.ts';
import { planRestaurant } from '../../../local/src/restaurant.ts';
import { readSettings } from '../../../local/src/settings.ts';
import type { ChaosSettings } from '../settings.ts';
import { subgraphProcesses } from './process-names.ts';
import { TcpProxy } from './tcp-proxy.ts';

/** The servers that stand behind a proxy, and the variable that names each one's address. */
const addresses = { postgres: 'POSTGRES_URL', redis: 'REDIS_URL', rabbitmq: 'AMQP_URL', mongo: 'MONGODB_URI' } as const;
export type ServerName = keyof typeof addresses;
export const serverNames = Object.keys(addresses) as ServerName[];

const PRELOAD = join(import.meta.dirname, '../control/preload.ts');

export interface ArenaWork {
  work: PlannedWork;
  env: Readonly<Record<string, string>>;
  direct: Readonly<Record<ServerName, string>>;
  proxies: Readonly<Record<ServerName, TcpProxy>>;
}

/**
 * What `npm start` starts, but each subgraph in a process of its own, every way to a server through a proxy, the control
 * preload in every process, and a device log. Time is short: the kitchen cooks fast, ready orders are handed over by
 * their deadline after 5 s, and tickets do not wait for a dead station for long.
 */
export async function planArena({
  dataDir,
  port,
}: ChaosSettings): Promise<{ plan: Plan; begin: () => Promise<ArenaWork> }> {
  const settings = readSettings(['start', '--fresh', '--data', dataDir], {
    BRIGADE_PORT: String(port),
    BRIGADE_NAMESPACE: 'chaos',
    KITCHEN_PROFILE: 'load',
    LOG_LEVEL: 'warn',
  });
  const plan = planRestaurant(settings);
  return {
    plan,
    begin: async () => {
      const planned = plan.begin();
      const original = planned.processes[0]?.spec.env ?? {};
      const direct = Object.fromEntries(serverNames.map((name) => [name, original[addresses[name]] ?? ''])) as Record<
        ServerName,
        string
      >;
      const proxies = {} as Record<ServerName, TcpProxy>;
      const proxied: Record<string, string> = {};
      for (const name of serverNames) {
        const { hostname, port: serverPort } = new URL(direct[name]);
        proxies[name] = await TcpProxy.open({ host: hostname, port: Number(serverPort) });
        proxied[addresses[name]] = direct[name].replace(`${hostname}:${serverPort}`, `127.0.0.1:${proxies[name].port}`);
      }
      const env = {
        ...original,
        ...proxied,
        ORDER_DEADLINE_READY: '2',
        KITCHEN_CLOCK: '240',
        KITCHEN_NO_STATION_MS: '3000',
        KITCHEN_DEVICE_LOG: join(dataDir, 'devices.jsonl'),
      };
      const hosting = Object.fromEntries(subgraphProcesses.map((name) => [name, [name]]));
      const processes = productProcesses(portsFrom(port), env, false, hosting).map(({ spec, needs }) => ({
        needs,
        spec: {
          ...spec,
          longestBackoffMs: 100, // killed on purpose, again and again
          args: ['--import', PRELOAD, '--disable-warning=ExperimentalWarning', ...spec.args],
          env: { ...spec.env, CHAOS_CONTROL: join(dataDir, 'control', `${spec.name}.json`) },
        },
      }));
      // Nobody looks at it.
      const tasks = planned.tasks.filter(({ task }) => task.name !== 'clients');
      return { work: { ...planned, tasks, processes }, env, direct, proxies };
    },
  };
}
