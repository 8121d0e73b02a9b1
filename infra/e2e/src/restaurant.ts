import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { basename, join, resolve } from 'node:path';
import { expect } from '@jest/globals';
import { systemTargets } from '../../local/src/environment.ts';
import { hostCommand, nodeArguments, PROGRAMS } from '../../local/src/product.ts';
import { compileCache } from '../../local/src/repository-root.ts';
import { spawnGuarded } from '../../local/src/processes/spawn-guarded.ts';
import { serverUrl, testNamespace } from '../../../subgraphs/service-kit/tests/test-runtime.ts';

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

interface Running {
  pid: number;
  exited: Promise<number | null>;
}

/** A whole restaurant as real processes of what is built, in a namespace of its own. */
export class Restaurant {
  readonly #running = new Map<ProcessName, Running>();
  readonly #folder = emptyFolder();

  private constructor(
    readonly env: Readonly<Record<string, string>>,
    private readonly ports: ReadonlyMap<string, number>,
  ) {}

  /**
   * Migrates, seeds and starts everything, and waits until all of it is healthy.
   * @param more overrides the environment
   * @param split each subgraph in a process of its own instead of all in `host`
   */
  static async open(more: Record<string, string> = {}, { split = false } = {}): Promise<Restaurant> {
    const names = [...subgraphs, 'router', 'provider', 'device'];
    const free = await freePorts(names.length);
    const ports = new Map(names.map((name, index) => [name, free[index] ?? 0]));
    const restaurant = new Restaurant({}, ports);
    Object.assign(restaurant.env, restaurant.#environment(more));
    await restaurant.command('migrate');
    await restaurant.command('seed');
    const services: ProcessName[] = split ? [...subgraphs] : ['host'];
    await Promise.all(
      [...services, 'router' as const, 'provider' as const, 'device' as const].map((name) => restaurant.start(name)),
    );
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
    const running = this.#running.get(name);
    if (!running) throw new Error(`${name} does not run`);
    return running.pid;
  }

  /** Starts a process (again) and waits until it is healthy. */
  async start(name: ProcessName): Promise<void> {
    const spawned = isSubgraph(name)
      ? this.#spawn(name, nodeArguments(programs.host, false), { SUBGRAPHS: name })
      : this.#spawn(name, nodeArguments(programs[name], false));
    this.#running.set(name, spawned);
    const health = name === 'host' ? [...subgraphs] : [name];
    await Promise.all(health.map((part) => this.#healthy(name, part)));
  }

  /** Sends a signal and waits for the end; answers the exit code, or null after a signal. */
  async stop(name: ProcessName, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const running = this.#running.get(name);
    if (!running) return null;
    this.#running.delete(name);
    process.kill(running.pid, signal);
    return running.exited;
  }

  /** Sends a signal that does not end it: SIGSTOP freezes a process, SIGCONT lets it go on. */
  signal(name: ProcessName, signal: 'SIGSTOP' | 'SIGCONT'): void {
    process.kill(this.pidOf(name), signal);
  }

  /** Waits until the processes say that everything they need answers, what they could do without included. */
  async whole(names: readonly ProcessName[]): Promise<void> {
    for (const name of names) await this.#healthy(name, name, 'ready');
  }

  /** Runs a command of the host to its end. @throws Error with its output unless it exits with 0 */
  async command(...args: string[]): Promise<string> {
    const log = `host-${args.join('-')}`;
    const code = await this.#spawn(log, hostCommand(args, false)).exited;
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
    for (const secret of ['keys', 'provider']) rmSync(join(this.#folder, secret), { recursive: true, force: true });
  }

  #spawn(log: string, args: string[], more: Record<string, string> = {}): Running {
    const file = openSync(join(this.#folder, `${log}.log`), 'a');
    const child = spawnGuarded(
      {
        command: process.execPath,
        args,
        env: { ...this.env, ...more },
        cwd: root,
      },
      file,
    );
    closeSync(file);
    const exited = new Promise<number | null>((done, failed) => {
      child.once('error', failed);
      child.once('exit', (code) => done(code));
    });
    return { pid: child.pid ?? 0, exited };
  }

  async #healthy(name: ProcessName, part: string, wanted?: 'ready'): Promise<void> {
    const deadline = Date.now() + 120_000;
    let ended = false;
    void this.#running.get(name)?.exited.then(() => (ended = true));
    while (!ended && Date.now() < deadline) {
      const ready = await fetch(`${this.address(part)}/health/ready`).then(
        async (answer) => answer.ok && (!wanted || ((await answer.json()) as { status: string }).status === wanted),
        () => false,
      );
      if (ready) return;
      await new Promise((again) => setTimeout(again, 100));
    }
    throw new Error(`${part} does not become healthy:\n${this.log(name).slice(-4_000)}`);
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

/** Ports that nobody listens on now. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
