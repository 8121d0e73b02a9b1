import { createServer } from 'node:net';

/** The ports of the private servers, all on 127.0.0.1. */
export interface ServerPorts {
  readonly postgres: number;
  readonly redis: number;
  readonly amqp: number;
  readonly amqpManagement: number;
  readonly amqpPrometheus: number;
  readonly erlangDistribution: number;
  readonly epmd: number;
  readonly mongo: number;
}

/** True when nothing listens on 127.0.0.1:`port` (nor on all interfaces). */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** A free port below the kernel's ephemeral range, so that no outgoing connection takes it before it is used. */
export async function findFreePort(taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (!taken.has(port) && (await isPortFree(port))) return port;
  }
}

/** Distinct free ports for one set of servers. */
export async function findFreeServerPorts(): Promise<ServerPorts> {
  const taken = new Set<number>();
  const next = async () => {
    const port = await findFreePort(taken);
    taken.add(port);
    return port;
  };
  return {
    postgres: await next(),
    redis: await next(),
    amqp: await next(),
    amqpManagement: await next(),
    amqpPrometheus: await next(),
    erlangDistribution: await next(),
    epmd: await next(),
    mongo: await next(),
  };
}
