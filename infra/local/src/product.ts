import { join } from 'node:path';
import type { ProcessSpec } from './processes/process-spec.ts';
import { probeHealth } from './servers/probe-health.ts';
import type { Ports, SubgraphName } from './ports.ts';
import { repositoryRoot } from './repository-root.ts';

/** One process of Brigade, and what must stand before it is started. */
export interface ProductProcess {
  readonly spec: ProcessSpec;
  /** Servers or tasks, by name. */
  readonly needs: readonly string[];
}

interface Program {
  /** The folder of its package. */
  readonly folder: string;
  readonly command?: readonly string[];
  /** Heap limit in MB; a leak then ends in a restart instead of a full machine. */
  readonly heapMb: number;
  /** Young generation in MB per half: larger means fewer collections and more memory. */
  readonly youngMb: number;
}

/** Every program of Brigade that runs as a process. */
export const PROGRAMS = {
  paymentProvider: { folder: 'subgraphs/payments/provider', heapMb: 128, youngMb: 2 },
  kitchenDevice: { folder: 'kitchen-device', heapMb: 192, youngMb: 4 },
  host: { folder: 'subgraphs/host', heapMb: 512, youngMb: 8 },
  router: {
    folder: 'router',
    command: ['--config', join(repositoryRoot, 'router/brigade.yaml')],
    heapMb: 384,
    youngMb: 8,
  },
} as const satisfies Record<string, Program>;

/** Which subgraphs share a process, by the name of the process. */
export type Hosting = Readonly<Record<string, readonly SubgraphName[]>>;

/**
 * Two processes for two cores: those that guests wait for, and those that work on what was ordered, so that a busy
 * kitchen does not slow the door.
 */
const HOSTED: Hosting = {
  'host-front': ['identity', 'menu', 'orders'],
  'host-back': ['inventory', 'payments', 'kitchen', 'platform'],
};

const WATCHING = ['--watch', '--watch-preserve-output'];
const FROM_SOURCE = ['--conditions=@brigade/source', '--import', 'tsx'];
const END_WITH_WATCHER = join(import.meta.dirname, 'processes/end-with-watcher.mjs');

/** Built JavaScript, or (`watch`) sources that restart on change. */
export function nodeArguments(program: Program, watch: boolean): string[] {
  const limits = [
    `--max-old-space-size=${program.heapMb}`,
    `--max-semi-space-size=${program.youngMb}`,
    '--enable-source-maps',
  ];
  const folder = join(repositoryRoot, program.folder);
  const command = program.command ?? [];
  if (!watch) return [...limits, join(folder, 'dist/main.js'), ...command];
  return [
    ...limits,
    ...WATCHING,
    ...FROM_SOURCE,
    '--import',
    END_WITH_WATCHER,
    join(folder, 'src/main.ts'),
    ...command,
  ];
}

/** A command of the host (migrate, seed, rebuild) as arguments of node; it ends by itself, so nothing is watched. */
export function hostCommand(command: readonly string[], fromSource: boolean): string[] {
  if (!fromSource) return nodeArguments({ ...PROGRAMS.host, command }, false);
  return [...FROM_SOURCE, join(repositoryRoot, PROGRAMS.host.folder, 'src/main.ts'), ...command];
}

/** Brigade's processes in the order of their start; they end in the reverse. */
export function productProcesses(
  ports: Ports,
  env: Readonly<Record<string, string>>,
  watch: boolean,
  hosting: Hosting = HOSTED,
): ProductProcess[] {
  const node = (
    name: string,
    program: Program,
    healthPorts: Readonly<Record<string, number>>,
    stopWithinMs: number,
    more: Record<string, string> = {},
  ): ProcessSpec => ({
    name,
    command: process.execPath,
    args: nodeArguments(program, watch),
    env: { ...env, ...more },
    cwd: repositoryRoot,
    stopSignal: 'SIGTERM',
    stopWithinMs,
    readyWithinMs: 60_000,
    isReady: async (instance) => {
      const answers = await Promise.all(
        Object.entries(healthPorts).map(([service, port]) =>
          probeHealth(`http://127.0.0.1:${port}`, { service, instance }),
        ),
      );
      return answers.every((status) => status !== undefined);
    },
  });
  return [
    {
      spec: node('payment-provider', PROGRAMS.paymentProvider, { 'payment-provider': ports.paymentProvider }, 1_000),
      needs: ['build'],
    },
    {
      spec: node('kitchen-device', PROGRAMS.kitchenDevice, { 'kitchen-device': ports.kitchenDevice }, 1_000),
      needs: ['build', 'rabbitmq'],
    },
    ...Object.entries(hosting).map(([name, subgraphs]) => ({
      spec: node(
        name,
        PROGRAMS.host,
        Object.fromEntries(subgraphs.map((subgraph) => [subgraph, ports.subgraphs[subgraph]])),
        2_500,
        { SUBGRAPHS: subgraphs.join(',') },
      ),
      needs: ['postgres', 'mongo', 'redis', 'rabbitmq', 'seed'],
    })),
    { spec: node('router', PROGRAMS.router, { router: ports.router }, 1_500), needs: ['redis', 'migrate'] },
  ];
}
