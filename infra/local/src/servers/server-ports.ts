import type { PortBlock } from './port-block.ts';

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

/** Ports of a block for one set of servers. */
export async function serverPortsFrom(block: PortBlock): Promise<ServerPorts> {
  return {
    postgres: await block.next(),
    redis: await block.next(),
    amqp: await block.next(),
    amqpManagement: await block.next(),
    amqpPrometheus: await block.next(),
    erlangDistribution: await block.next(),
    epmd: await block.next(),
    mongo: await block.next(),
  };
}
