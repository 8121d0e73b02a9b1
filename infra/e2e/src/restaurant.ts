import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { expect } from '@jest/globals';
import { systemTargets } from '../../local/src/environment.ts';
import { hostCommand, nodeArguments, PROGRAMS } from '../../local/src/product.ts';
import { compileCache } from '../../local/src/repository-root.ts';
import { WatchedProcess } from '../../local/src/processes/watched-process.ts';
import { PortBlock } from '../../local/src/servers/port-block.ts';
import { probeHealth } from '../../local/src/servers/probe-health.ts';
import { serverUrl, testNamespace } from '../../../subgraphs/service-kit/tests/test-runtime.ts';
import { failOnProcessEnd } from './fail-on-process-end.ts';

const root = resolve(import.meta.dirname, '../../..');
export const subgraphs = ['identity', 'menu', 'inventory', 'orders', 'payments', 'kitchen', 'platform'] as const;
export type SubgraphName = (typeof subgraphs)[number];
const programs = {
  host: PROGRAMS.host,
  router: PROGRAMS.router,
  provider: PROGRAMS.paymentProvider,
  device: PROGRAMS.kitchenDevice,
};
/** `host` runs all subgraphs, unless each of them has a process of its own. */
export type ProcessName = keyof typeof programs | SubgraphName;
const isSubgraph = (name: ProcessName): name is SubgraphName => (subgraphs as readonly string[]).includes(name);

/** The name that a process gives in its health answers. */
const serviceOf = (part: string): string => ({ provider: 'payment-provider', device: 'kitchen-device' })[part] ?? part;

const HEALTHY_WITHIN_MS = 120_000;

/**
 * A whole restaurant as real processes of what is built, in a namespace of its own. A process that ends without having
 * been asked to fails the test at once.
 */
export class Restaurant {
  readonly #running = new Map<ProcessName, WatchedProcess>();
  readonly #folder = emptyFolder();

  private constructor(
    readonly env: Readonly<Record<string, string>>,
    private readonly ports: ReadonlyMap<string, number>,
    private readonly block: PortBlock,
  ) {}

  /**
   * Migrates, seeds and starts everything, and waits until all of it is healthy.
   * @param more overrides the environment
   * @param split each subgraph in a process of its own instead of all in `host`
   */
  static async open(more: Record<string, string> = {}, { split = false } = {}): Promise<Restaurant> {
    const names = [...subgraphs, 'router', 'provider', 'device'];
    const block = await PortBlock.reserve();
    const ports = new Map<string, number>();
    for (const name of names) ports.set(name, await block.next());
    const restaurant = new Restaurant({}, ports, block);
    Object.assign(restaurant.env, restaurant.#environment(more));
    const services: ProcessName[] = split ? [...subgraphs] : ['host'];
    try {
      await restaurant.command('migrate');
      await restaurant.command('seed');
      await Promise.all(
        [...services, 'router' as const, 'provider' as const, 'device' as const].map((name) => restaurant.start(name)),
      );
    } catch (error) {
      await restaurant.close();
      throw error;
    }
    return restaurant;
  }

  get url(): string {
    return `http://127.0.0.1:${this.ports.get('router')}/graphql`;
  }

  address(name: string): string {
    return `http://127.0.0.1:${this.ports.get(name)}`;
  }

  /** @throws Error when it does not run */
  pidOf(name: ProcessName): number {
    return this.#process(name).pid;
  }

  /** Starts a process (again) and waits until it is healthy. */
  async start(name: ProcessName): Promise<void> {
    const spawned = isSubgraph(name)
      ? this.#spawn(name, nodeArguments(programs.host, false), { SUBGRAPHS: name })
      : this.#spawn(name, nodeArguments(programs[name], false));
    this.#running.set(name, spawned);
    const health = name === 'host' ? [...subgraphs] : [name];
    await Promise.all(health.map((part) => this.#healthy(spawned, part)));
  }

  /** Sends a signal and waits for the end; answers the exit code, or null after a signal. */
  async stop(name: ProcessName, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const running = this.#running.get(name);
    if (!running) return null;
    this.#running.delete(name);
    return running.stop(signal);
  }

  /** Sends a signal that does not end it: SIGSTOP freezes a process, SIGCONT lets it go on. */
  signal(name: ProcessName, signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#process(name).signal(signal);
  }

  /** Waits until the processes say that everything they need answers, what they could do without included. */
  async whole(names: readonly ProcessName[]): Promise<void> {
    for (const name of names) await this.#healthy(this.#process(name), name, 'ready');
  }

  /** Runs a command of the host to its end. @throws Error with its output unless it exits with 0 */
  async command(...args: string[]): Promise<string> {
    const log = `host-${args.join('-')}`;
    const code = await this.#run(log, hostCommand(args, false));
    if (code !== 0) throw new Error(`host ${args.join(' ')} ended with ${code}:\n${this.log(log)}`);
    return this.log(log);
  }

  log(name: string): string {
    return readFileSync(join(this.#folder, `${name}.log`), 'utf8');
  }

  async close(): Promise<void> {
    // What is frozen hears of its end only when it goes on.
    for (const name of this.#running.keys()) this.signal(name, 'SIGCONT');
    await Promise.all([...this.#running.keys()].map((name) => this.stop(name)));
    this.block.release();
    for (const secret of ['keys', 'provider']) rmSync(join(this.#folder, secret), { recursive: true, force: true });
  }

  #process(name: ProcessName): WatchedProcess {
    const running = this.#running.get(name);
    if (!running) throw new Error(`${name} does not run`);
    return running;
  }

  /** Runs something that ends by itself; answers its exit code. */
  #run(name: string, args: string[]): Promise<number | null> {
    const logFile = join(this.#folder, `${name}.log`);
    return new WatchedProcess({ name, command: process.execPath, args, env: this.env, cwd: root, logFile }).exited;
  }

  #spawn(name: string, args: string[], more: Record<string, string> = {}): WatchedProcess {
    const env = { ...this.env, ...more };
    const logFile = join(this.#folder, `${name}.log`);
    return new WatchedProcess({ name, command: process.execPath, args, env, cwd: root, logFile }, failOnProcessEnd);
  }

  async #healthy(running: WatchedProcess, part: string, wanted?: 'ready'): Promise<void> {
    const { instance } = running;
    const isHealthy = async () => {
      const status = await probeHealth(this.address(part), { service: serviceOf(part), instance });
      return status !== undefined && (!wanted || status === wanted);
    };
    await running.until(`${part} is ${wanted ?? 'healthy'}`, isHealthy, HEALTHY_WITHIN_MS);
  }

  #targets(): ReturnType<typeof systemTargets> {
    const port = (name: string) => this.ports.get(name) ?? 0;
    const of = Object.fromEntries(subgraphs.map((name) => [name, port(name)])) as Record<SubgraphName, number>;
    return systemTargets({
      router: port('router'),
      subgraphs: of,
      paymentProvider: port('provider'),
      kitchenDevice: port('device'),
    });
  }

  #environment(more: Record<string, string>): Record<string, string> {
    const { PATH = '' } = process.env;
    return {
      PATH,
      BRIGADE_NAMESPACE: testNamespace(),
      POSTGRES_URL: serverUrl('POSTGRES_URL'),
      MONGODB_URI: serverUrl('MONGODB_URI'),
      REDIS_URL: serverUrl('REDIS_URL'),
      AMQP_URL: serverUrl('AMQP_URL'),
      ACTOR_SECRET: 'a secret of the tests, at least 32 characters',
      LOG_LEVEL: 'info',
      KEYS_DIR: join(this.#folder, 'keys'),
      NODE_COMPILE_CACHE: compileCache,
      DEMO_PASSWORD: 'brigade-demo',
      ...Object.fromEntries(
        subgraphs.flatMap((name) => [
          [`${name.toUpperCase()}_PORT`, String(this.ports.get(name))],
          [`${name.toUpperCase()}_URL`, `${this.address(name)}/graphql`],
        ]),
      ),
      JWKS_URL: `${this.address('identity')}/.well-known/jwks.json`,
      ROUTER_PORT: String(this.ports.get('router')),
      ROUTER_URL: this.url,
      SYSTEM_TARGETS: JSON.stringify(this.#targets()),
      PAYMENT_PROVIDER_PORT: String(this.ports.get('provider')),
      PAYMENT_PROVIDER_URL: this.address('provider'),
      PAYMENT_PROVIDER_DATA: join(this.#folder, 'provider'),
      KITCHEN_DEVICE_PORT: String(this.ports.get('device')),
      KITCHEN_CLOCK: '60',
      // Devices that a test has stopped are waited for, however long the test takes.
      KITCHEN_NO_STATION_MS: '300000',
      ...more,
    };
  }
}

let opened = 0;

/** For this restaurant of this test file; its logs stay there until the next run. */
function emptyFolder(): string {
  const test = basename(expect.getState().testPath ?? '', '.e2e.test.ts');
  const folder = join(root, '.data/e2e', `${test}-${(opened += 1)}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
