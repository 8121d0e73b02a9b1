import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { baseEnvironment } from '../processes/process-spec.ts';
import type { ProcessSpec } from '../processes/process-spec.ts';
import { probeHttp, probeTcp } from './probe.ts';

/** Debian's wrapper in /usr/sbin changes the user and ignores most of the environment: the script below it does not. */
export const RABBITMQ_SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';
export const RABBITMQ_USER = 'brigade';

export interface RabbitmqOptions {
  /** Its data folder; created. */
  readonly dir: string;
  readonly ports: {
    readonly amqp: number;
    readonly amqpManagement: number;
    readonly amqpPrometheus: number;
    readonly erlangDistribution: number;
    readonly epmd: number;
  };
  readonly password: string;
}

/**
 * Erlang's port mapper. The broker would start one of its own that outlives it; with this one already listening it
 * does not, and this one ends with its parent.
 */
export function epmdServer({ ports }: Pick<RabbitmqOptions, 'ports'>): ProcessSpec {
  const port = String(ports.epmd);
  return {
    name: 'epmd',
    command: existsSync('/usr/bin/epmd') ? '/usr/bin/epmd' : 'epmd',
    args: ['-address', '127.0.0.1', '-port', port],
    env: baseEnvironment(),
    stopSignal: 'SIGKILL', // it keeps nothing, and refuses to end while a node is registered
    stopWithinMs: 1_000,
    readyWithinMs: 10_000,
    isReady: async () => (await probeTcp({ port: ports.epmd })) === '',
  };
}

/** A private broker with the management and prometheus plugins, everything on 127.0.0.1; needs `epmdServer` first. */
export async function rabbitmqServer({ dir, ports, password }: RabbitmqOptions): Promise<ProcessSpec> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const configuration = join(dir, 'rabbitmq.conf');
  const plugins = join(dir, 'enabled_plugins');
  await writeFile(configuration, brokerConfiguration(ports, password), { mode: 0o600 });
  await writeFile(plugins, '[rabbitmq_management,rabbitmq_prometheus].\n');
  return {
    name: 'rabbitmq',
    command: RABBITMQ_SERVER,
    args: [],
    env: {
      ...baseEnvironment(),
      HOME: dir,
      RABBITMQ_NODENAME: 'brigade@localhost',
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_NODE_PORT: String(ports.amqp),
      RABBITMQ_DIST_PORT: String(ports.erlangDistribution),
      RABBITMQ_CONF_ENV_FILE: '/dev/null',
      RABBITMQ_CONFIG_FILE: configuration,
      RABBITMQ_ENABLED_PLUGINS_FILE: plugins,
      RABBITMQ_MNESIA_BASE: join(dir, 'mnesia'),
      RABBITMQ_LOG_BASE: join(dir, 'log'),
      RABBITMQ_PID_FILE: join(dir, 'rabbitmq.pid'),
      ERL_EPMD_PORT: String(ports.epmd),
      ERL_EPMD_ADDRESS: '127.0.0.1',
      ERL_CRASH_DUMP_SECONDS: '0',
      RABBITMQ_LOG: '-color',
      // "detached" makes the script become the broker, so that our child is the broker itself.
      detached: 'true',
      // Two schedulers that sleep instead of spinning: the broker shares two cores with everything else.
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none -noinput',
    },
    cwd: dir,
    stopSignal: 'SIGTERM',
    // Its queues and stores are closed 0.2 s after the signal; then the HTTP plugins idle for 6 s before it exits.
    stopWithinMs: 3_000,
    readyWithinMs: 90_000,
    isReady: async () => {
      await probeTcp({ port: ports.amqp });
      return probeHttp(`${managementOrigin(ports)}/api/health/checks/local-alarms`, {
        authorization: `Basic ${Buffer.from(`${RABBITMQ_USER}:${password}`).toString('base64')}`,
      });
    },
  };
}

function brokerConfiguration(ports: RabbitmqOptions['ports'], password: string): string {
  return [
    `listeners.tcp.1 = 127.0.0.1:${ports.amqp}`,
    'management.tcp.ip = 127.0.0.1',
    `management.tcp.port = ${ports.amqpManagement}`,
    'prometheus.tcp.ip = 127.0.0.1',
    `prometheus.tcp.port = ${ports.amqpPrometheus}`,
    'distribution.listener.interface = 127.0.0.1',
    `default_user = ${RABBITMQ_USER}`,
    `default_pass = ${password}`,
    // Above it publishers are blocked. It starts with 150 MB and takes 0.2 MB for each quorum queue: a test run, in which
    // every suite has queues of its own, came past 256 MB.
    'vm_memory_high_watermark.absolute = 768MB',
    'disk_free_limit.absolute = 200MB',
    // Quorum queues keep their write-ahead log in memory up to this size; the default is 512 MB.
    'raft.wal_max_size_bytes = 33554432',
    'log.console = true',
    'log.console.level = info',
    'log.file = false',
    '',
  ].join('\n');
}

function managementOrigin(ports: Pick<RabbitmqOptions['ports'], 'amqpManagement'>): string {
  return `http://127.0.0.1:${ports.amqpManagement}`;
}

/** The address that a client uses. */
export function amqpUrl({ ports, password }: Pick<RabbitmqOptions, 'ports' | 'password'>): string {
  return `amqp://${RABBITMQ_USER}:${password}@127.0.0.1:${ports.amqp}`;
}

/** The management API with its credentials in the address. */
export function amqpManagementUrl({ ports, password }: Pick<RabbitmqOptions, 'ports' | 'password'>): string {
  return `http://${RABBITMQ_USER}:${password}@127.0.0.1:${ports.amqpManagement}`;
}
