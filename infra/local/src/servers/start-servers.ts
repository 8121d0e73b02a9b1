import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SupervisedProcess } from '../processes/supervised-process.ts';
import type { Supervision } from '../processes/supervised-process.ts';
import type { ProcessSpec } from '../processes/process-spec.ts';
import { ensurePackages } from './debian-packages.ts';
import type { ServerName } from './debian-packages.ts';
import { mongoServer, mongoUri } from './mongo.ts';
import { postgresServer, postgresUrl } from './postgres.ts';
import { amqpManagementUrl, amqpUrl, epmdServer, rabbitmqServer } from './rabbitmq.ts';
import { redisServer, redisUrl } from './redis.ts';
import type { ServerPorts } from './server-ports.ts';

export interface ServerPasswords {
  readonly postgres: string;
  readonly redis: string;
  readonly amqp: string;
  readonly mongo: string;
}

export interface StartServersOptions {
  /** One folder per server is made in it, beside `logs/`. */
  readonly dataDir: string;
  readonly ports: ServerPorts;
  readonly passwords: ServerPasswords;
  /** Which to start; all four unless told. */
  readonly only?: readonly ServerName[];
  /** Run the Mongo development store's TypeScript directly instead of its build. */
  readonly mongoFromSource?: boolean;
  /** What the Mongo development store waits for (its build). */
  readonly mongoAfter?: Promise<unknown>;
  readonly supervision?: Omit<Supervision, 'logDir'>;
  readonly say?: (line: string) => void;
}

export interface ServerAddresses {
  readonly postgresUrl: string;
  readonly redisUrl: string;
  readonly amqpUrl: string;
  readonly amqpManagementUrl: string;
  readonly mongoUri: string;
}

/** Servers under way, whoever runs them: this launcher, Docker, or somebody else. */
export interface ServersUnderWay {
  /** Resolves when the given server answers; rejects, saying why, when it does not. */
  ready(server: ServerName): Promise<void>;
  /** Ends those that are ours, together; `hard` kills. */
  stop(options?: { hard?: boolean }): Promise<void>;
}

export interface RunningServers extends ServersUnderWay, ServerAddresses {
  /** In order of their start. */
  readonly processes: readonly SupervisedProcess[];
}

/** Where private servers with these ports and passwords are reached. */
export function ownAddresses(ports: ServerPorts, passwords: ServerPasswords): ServerAddresses {
  return {
    postgresUrl: postgresUrl({ port: ports.postgres, password: passwords.postgres }),
    redisUrl: redisUrl({ port: ports.redis, password: passwords.redis }),
    amqpUrl: amqpUrl({ ports, password: passwords.amqp }),
    amqpManagementUrl: amqpManagementUrl({ ports, password: passwords.amqp }),
    mongoUri: mongoUri({ port: ports.mongo, password: passwords.mongo }),
  };
}

/** Starts private servers on 127.0.0.1, installing their packages when missing; resolves when every one serves. */
export async function startServers(options: StartServersOptions): Promise<RunningServers> {
  const servers = await beginServers(options);
  try {
    await Promise.all((options.only ?? ALL).map((server) => servers.ready(server)));
  } catch (error) {
    await servers.stop({ hard: true });
    throw error;
  }
  return servers;
}

const ALL: readonly ServerName[] = ['redis', 'postgres', 'mongo', 'rabbitmq'];

/** Like `startServers`, but resolves as soon as the processes are under way, so that work can overlap their start. */
export async function beginServers(options: StartServersOptions): Promise<RunningServers> {
  const { dataDir, ports, passwords, only = ALL } = options;
  await ensurePackages(only, options.say ?? (() => undefined));
  const logDir = join(dataDir, 'logs');
  await mkdir(logDir, { recursive: true });

  const processes: SupervisedProcess[] = [];
  let stopping = false;
  const launch = async (spec: ProcessSpec): Promise<void> => {
    if (stopping) throw new Error('the servers are being stopped');
    const supervised = new SupervisedProcess(spec, { ...options.supervision, logDir });
    processes.push(supervised);
    await supervised.start();
  };
  const rabbitmq = { dir: join(dataDir, 'rabbitmq'), ports, password: passwords.amqp };
  const starts: Record<ServerName, () => Promise<void>> = {
    rabbitmq: async () => {
      await launch(epmdServer(rabbitmq));
      await launch(await rabbitmqServer(rabbitmq));
    },
    postgres: async () =>
      launch(
        await postgresServer({ dir: join(dataDir, 'postgres'), port: ports.postgres, password: passwords.postgres }),
      ),
    redis: async () =>
      launch(await redisServer({ dir: join(dataDir, 'redis'), port: ports.redis, password: passwords.redis })),
    mongo: async () => {
      const fromSource = options.mongoFromSource ?? false;
      const spec = { dir: join(dataDir, 'mongo'), port: ports.mongo, password: passwords.mongo, fromSource };
      await options.mongoAfter;
      await launch(await mongoServer(spec));
    },
  };
  const started = new Map(only.map((server) => [server, starts[server]()]));
  for (const start of started.values()) start.catch(() => undefined); // reported by whoever awaits ready()

  return {
    ...ownAddresses(ports, passwords),
    processes,
    ready: async (server) => started.get(server),
    stop: async (how) => {
      stopping = true;
      await Promise.all(processes.filter(({ spec }) => spec.name !== 'epmd').map((running) => running.stop(how)));
      await Promise.all(processes.map((running) => running.stop(how))); // the port mapper after the broker
    },
  };
}
