import type { Supervision, SupervisedProcess } from '../processes/supervised-process.ts';
import { awaitCondition } from '../processes/await-condition.ts';
import type { Secrets } from '../secrets.ts';
import type { Settings } from '../settings.ts';
import type { ServerName } from './debian-packages.ts';
import { beginContainers } from './docker.ts';
import { probeTcp } from './probe.ts';
import type { ServerPorts } from './server-ports.ts';
import { beginServers, ownAddresses } from './start-servers.ts';
import type { ServerAddresses, ServersUnderWay } from './start-servers.ts';

const ALL: readonly ServerName[] = ['redis', 'postgres', 'mongo', 'rabbitmq'];

export interface BeginOptions {
  /** Resolves when the build is done; the Mongo development store waits for it. */
  readonly built: Promise<unknown>;
  readonly supervision: Omit<Supervision, 'logDir'>;
  readonly say: (line: string) => void;
}

/** The four servers as this start was told to have them. */
export interface ServerSet {
  readonly addresses: ServerAddresses;
  /** Those that Brigade itself starts, here or in Docker; their ports must be free. */
  readonly own: readonly ServerName[];
  begin(options: BeginOptions): Promise<ServersUnderWay & { readonly processes: readonly SupervisedProcess[] }>;
}

/** Those that Brigade itself has to start. */
export function ownServers({ external }: Pick<Settings, 'external'>): ServerName[] {
  const given = givenAddresses(external);
  return ALL.filter((server) => given[server] === undefined);
}

function givenAddresses(external: Settings['external']): Readonly<Record<ServerName, string | undefined>> {
  const { postgresUrl, redisUrl, amqpUrl, mongoUri } = external;
  return { postgres: postgresUrl, redis: redisUrl, rabbitmq: amqpUrl, mongo: mongoUri };
}

/** Private servers, or containers, each replaced by an address from outside where one was given. */
export function chooseServers(settings: Settings, ports: ServerPorts, secrets: Secrets): ServerSet {
  const { external } = settings;
  const given = givenAddresses(external);
  const own = ownServers(settings);
  const private_ = ownAddresses(ports, secrets);
  const addresses: ServerAddresses = {
    postgresUrl: given.postgres ?? private_.postgresUrl,
    redisUrl: given.redis ?? private_.redisUrl,
    amqpUrl: given.rabbitmq ?? private_.amqpUrl,
    amqpManagementUrl: external.amqpManagementUrl ?? (given.rabbitmq === undefined ? private_.amqpManagementUrl : ''),
    mongoUri: given.mongo ?? private_.mongoUri,
  };
  return {
    addresses,
    own,
    begin: async ({ built, supervision, say }) => {
      const ours =
        settings.servers === 'docker'
          ? await beginContainers({ own, ports, secrets })
          : await beginServers({
              dataDir: settings.dataDir,
              ports,
              passwords: secrets,
              only: own,
              mongoFromSource: settings.command === 'dev',
              mongoAfter: built,
              supervision,
              say,
            });
      return {
        processes: ours.processes,
        ready: async (server) => (given[server] === undefined ? ours.ready(server) : undefined),
        stop: (how) => ours.stop(how),
      };
    },
  };
}

export class ServerUnreachable extends Error {
  override readonly name = 'ServerUnreachable';
}

const DEFAULT_PORTS: Record<ServerName, number> = { postgres: 5432, redis: 6379, rabbitmq: 5672, mongo: 27017 };

/**
 * Only that somebody listens: whether the password fits, the first process that uses it says best.
 *
 * @throws {ServerUnreachable} naming every address from outside at which nobody answers within 5 s
 */
export async function assertReachable({ external }: Pick<Settings, 'external'>): Promise<void> {
  const given = givenAddresses(external);
  const faults = await Promise.all(ALL.map((server) => faultOf(server, given[server])));
  const found = faults.filter((fault) => fault !== undefined);
  if (found.length > 0) throw new ServerUnreachable(found.join('\n'));
}

async function faultOf(server: ServerName, address: string | undefined): Promise<string | undefined> {
  if (address === undefined || address.startsWith('mongodb+srv:')) return undefined; // its hosts stand in DNS
  // The first host of possibly several; the whole need not be a URL that WHATWG knows.
  const [, host = '', port] = /^[a-z+]+:\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:,/?]+)(?::(\d+))?/.exec(address) ?? [];
  const target = { host: host.replace(/^\[|\]$/g, ''), port: Number(port ?? DEFAULT_PORTS[server]) };
  const isThere = async () => (await probeTcp(target)) === '';
  return awaitCondition(`an answer of ${server}`, isThere, { withinMs: 5_000 }).then(
    () => undefined,
    () => `Nobody answers at ${target.host}:${target.port}, which was given for ${server}.`,
  );
}
