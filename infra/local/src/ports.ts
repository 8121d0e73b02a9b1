import type { ServerName } from './servers/debian-packages.ts';
import type { ServerPorts } from './servers/server-ports.ts';
import { isPortFree } from './servers/is-port-free.ts';
import { ephemeralRange } from './servers/port-block.ts';
import { describeProcess, findListener } from './processes/proc.ts';

/** How many ports after the base Brigade may use. */
export const PORT_SPAN = 39;

/** The subgraphs that one host process serves, each on the base port plus this. */
export const SUBGRAPH_OFFSETS = {
  identity: 1,
  menu: 3,
  orders: 5,
  inventory: 6,
  payments: 7,
  kitchen: 8,
  platform: 11,
} as const;
export type SubgraphName = keyof typeof SUBGRAPH_OFFSETS;

export interface Ports {
  readonly router: number;
  readonly subgraphs: Readonly<Record<SubgraphName, number>>;
  readonly paymentProvider: number;
  readonly kitchenDevice: number;
  readonly servers: ServerPorts;
}

/** Where everything listens, counted from the router's port. */
export function portsFrom(base: number): Ports {
  const subgraphs = Object.fromEntries(
    Object.entries(SUBGRAPH_OFFSETS).map(([name, offset]) => [name, base + offset]),
  ) as Record<SubgraphName, number>;
  return {
    router: base,
    subgraphs,
    paymentProvider: base + 20,
    kitchenDevice: base + 21,
    servers: {
      postgres: base + 32,
      redis: base + 33,
      amqp: base + 34,
      amqpManagement: base + 35,
      amqpPrometheus: base + 36,
      erlangDistribution: base + 37,
      epmd: base + 38,
      mongo: base + 39,
    },
  };
}

/** The ports that the given private servers listen on, by what they are for. */
export function serverPortsOf(servers: readonly ServerName[], ports: ServerPorts): Record<string, number> {
  const wanted: Record<ServerName, Record<string, number>> = {
    postgres: { PostgreSQL: ports.postgres },
    redis: { Redis: ports.redis },
    mongo: { 'Mongo store': ports.mongo },
    rabbitmq: {
      RabbitMQ: ports.amqp,
      'RabbitMQ management': ports.amqpManagement,
      'RabbitMQ metrics': ports.amqpPrometheus,
      'Erlang distribution': ports.erlangDistribution,
      'Erlang port mapper': ports.epmd,
    },
  };
  return Object.assign({}, ...servers.map((server) => wanted[server])) as Record<string, number>;
}

/** The ports of Brigade's own processes, by what they are for. */
export function productPortsOf(ports: Ports): Record<string, number> {
  return {
    router: ports.router,
    ...ports.subgraphs,
    'payment provider': ports.paymentProvider,
    'kitchen device': ports.kitchenDevice,
  };
}

/** Ports from 1024 that browsers and `fetch` refuse to call (WHATWG Fetch, "bad port"). */
const REFUSED_BY_FETCH = [
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
];

/** The port after `basePort` that nobody could call over HTTP, if there is one. */
export function refusedPort(basePort: number): number | undefined {
  const { servers, ...ports } = portsFrom(basePort);
  const called = [...Object.values(productPortsOf({ servers, ...ports })), servers.amqpManagement];
  return called.find((port) => REFUSED_BY_FETCH.includes(port));
}

/** The base of another block of ports to propose: 1,000 further, or nearer where there are none further. */
export function otherBasePort(basePort: number): number {
  const proposed = basePort + 1_000 <= 65_000 ? basePort + 1_000 : basePort - 1_000;
  return refusedPort(proposed) === undefined ? proposed : proposed + 100;
}

export class PortsBusy extends Error {
  override readonly name = 'PortsBusy';
}

/** @throws {PortsBusy} naming every port that is taken, what it is wanted for, and who has it where that can be seen */
export async function assertPortsFree(wanted: Readonly<Record<string, number>>): Promise<void> {
  const busy: string[] = [];
  for (const [purpose, port] of Object.entries(wanted)) {
    if (await isPortFree(port)) continue;
    const owner = findListener(port);
    busy.push(`${port} (${purpose})${owner === undefined ? '' : ` is held by ${describeProcess(owner)}`}`);
  }
  if (busy.length === 0) return;
  throw new PortsBusy(
    `These ports are busy:\n  ${busy.join('\n  ')}\nEnd what holds them, or move Brigade: BRIGADE_PORT=${otherBasePort(Math.min(...Object.values(wanted)))} npm start`,
  );
}

/** What to say of ports that the system may give to any outgoing connection between this look and their use. */
export function ephemeralPorts(
  wanted: Readonly<Record<string, number>>,
  [low, high] = ephemeralRange(),
): string | undefined {
  const ports = Object.values(wanted);
  if (!ports.some((port) => port >= low && port <= high)) return undefined;
  return (
    `Ports from ${Math.min(...ports)} to ${Math.max(...ports)} are wanted; from ${low} to ${high} this system gives them ` +
    `to outgoing connections, so one may be taken at any moment. BRIGADE_PORT up to ${low - PORT_SPAN - 1} is safe.`
  );
}
