import { DateTime, ListOfAbout } from '@brigade/service-kit';
import { Field, Float, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum SystemNodeKind {
  CLIENTS = 'CLIENTS',
  ROUTER = 'ROUTER',
  SUBGRAPH = 'SUBGRAPH',
  BROKER = 'BROKER',
  STORE = 'STORE',
  DEVICE = 'DEVICE',
  PROVIDER = 'PROVIDER',
}
registerEnumType(SystemNodeKind, {
  name: 'SystemNodeKind',
  description: 'What a part of the system is.',
  valuesConfig: {
    CLIENTS: { description: 'Everyone who asks from outside.' },
    ROUTER: { description: 'The one door of the API.' },
    SUBGRAPH: { description: 'A service with its part of the API.' },
    BROKER: { description: 'What carries messages.' },
    STORE: { description: 'A database or cache.' },
    DEVICE: { description: "The kitchen's devices." },
    PROVIDER: { description: 'A service of somebody else.' },
  },
});

export enum SystemHealth {
  UP = 'UP',
  DEGRADED = 'DEGRADED',
  DOWN = 'DOWN',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(SystemHealth, {
  name: 'SystemHealth',
  description: 'How a part of the system is.',
  valuesConfig: {
    UP: { description: 'It works.' },
    DEGRADED: { description: 'It works without something that it needs, or not for everyone.' },
    DOWN: { description: 'It does not answer, or can not work.' },
    UNKNOWN: { description: 'Nobody can tell.' },
  },
});

export enum SystemTraffic {
  REQUESTS = 'REQUESTS',
  MESSAGES = 'MESSAGES',
  TRANSACTIONS = 'TRANSACTIONS',
  COMMANDS = 'COMMANDS',
  TELEMETRY = 'TELEMETRY',
}
registerEnumType(SystemTraffic, {
  name: 'SystemTraffic',
  description: 'What goes between two parts of the system.',
  valuesConfig: {
    REQUESTS: { description: 'Requests over HTTP.' },
    MESSAGES: { description: 'Messages of record.' },
    TRANSACTIONS: { description: 'Transactions of a database.' },
    COMMANDS: { description: 'Commands to a device or a store.' },
    TELEMETRY: { description: "Devices' readings." },
  },
});

@ObjectType({ description: 'An error that a service has logged.' })
export class SystemError {
  @Field(() => DateTime, { description: 'When.' })
  at!: Date;
  @Field(() => String, { description: 'What failed, and the class of the error.' })
  message!: string;
  @Field(() => String, { nullable: true, description: 'Id of the trace, where there was one.' })
  traceId?: string | null;
  @Field(() => String, { nullable: true, description: 'Of the request or message that it happened in.' })
  correlationId?: string | null;
}

@ObjectType({ description: 'A part of the system that runs.' })
export class SystemNode {
  @Field(() => ID, { description: 'e.g. `router`, `orders`, `postgres`.' })
  id!: string;
  @Field(() => String, { description: 'As people call it.' })
  name!: string;
  @Field(() => SystemNodeKind, { description: 'What it is.' })
  kind!: `${SystemNodeKind}`;
  @Field(() => SystemHealth, { description: 'How it is.' })
  health!: `${SystemHealth}`;
  @Field(() => String, { nullable: true, description: 'What is wrong with it, where something is.' })
  reason?: string | null;
  @Field(() => Float, {
    nullable: true,
    description:
      'Operations, messages or commands that it took a second, over the last seconds; null where nobody counts.',
  })
  perSecond?: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'Those of them that failed or were refused, a second; null where nobody counts.',
  })
  errorsPerSecond?: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'How long all but the slowest twentieth of them took, milliseconds; null where there were none.',
  })
  p95Milliseconds?: number | null;
  @Field(() => Float, { nullable: true, description: 'Of the process that it runs in, resident, MB.' })
  memoryMegabytes?: number | null;
  @ListOfAbout(20)
  @Field(() => [SystemError], { description: 'The newest first, twenty at most.' })
  lastErrors!: readonly SystemError[];
}

@ObjectType({ description: 'A way on which something goes from one part of the system to another.' })
export class SystemEdge {
  @Field(() => ID, { description: 'Stays the same from one map to the next.' })
  id!: string;
  @Field(() => ID, { description: 'Id of the node where it begins.' })
  from!: string;
  @Field(() => ID, { description: 'Id of the node where it ends.' })
  to!: string;
  @Field(() => SystemTraffic, { description: 'What goes there.' })
  traffic!: `${SystemTraffic}`;
  @Field(() => Float, { description: 'How much of it a second, over the last seconds; 0 where nobody counts.' })
  perSecond!: number;
  @Field(() => Float, { description: 'How much of it failed or was refused, a second.' })
  errorsPerSecond!: number;
}

@ObjectType({ description: 'What runs, how it is, and what goes between: measured, not drawn.' })
export class SystemMap {
  @Field(() => DateTime, { description: 'Of what moment it is.' })
  at!: Date;
  @ListOfAbout(20)
  @Field(() => [SystemNode], { description: 'What runs.' })
  nodes!: readonly SystemNode[];
  @ListOfAbout(50)
  @Field(() => [SystemEdge], { description: 'What goes between.' })
  edges!: readonly SystemEdge[];
}
