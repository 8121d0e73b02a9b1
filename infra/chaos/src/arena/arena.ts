import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { acquireLock, type Lock } from '../../../local/src/lock.ts';
import { portsFrom, type Ports } from '../../../local/src/ports.ts';
import { recordedAlive } from '../../../local/src/processes/pids-file.ts';
import { hostCommand } from '../../../local/src/product.ts';
import { clearTheWay, prepareDataDir } from '../../../local/src/run-system.ts';
import { probeHealth } from '../../../local/src/servers/probe-health.ts';
import { System } from '../../../local/src/system.ts';
import type { Misbehaviour } from '../control/misbehaviour.ts';
import type { ChaosSettings } from '../settings.ts';
import { planArena, serverNames, type ServerName } from './plan-arena.ts';
import { runToEnd } from './run-to-end.ts';
import type { TcpProxy } from './tcp-proxy.ts';
import { productProcessNames, subgraphProcesses, type ProcessName } from './process-names.ts';

/** A copy of everything, started by the launcher's own code, with hands on every process and every connection. */
export class Arena {
  readonly ports: Ports;
  readonly dataDir: string;
  /** Of the processes: addresses (by way of the proxies), secrets, settings. */
  readonly env: Readonly<Record<string, string>>;
  /** Of the servers themselves, past the proxies: for whoever looks from outside. */
  readonly direct: Readonly<Record<ServerName, string>>;
  readonly proxies: Readonly<Record<ServerName, TcpProxy>>;
  /** What the launcher said of crashes and recoveries. */
  readonly said: { at: number; line: string }[];
  readonly #system: System;
  readonly #lock: Lock;
  readonly #stopped = new Set<number>();

  private constructor(
    parts: Pick<Arena, 'ports' | 'dataDir' | 'env' | 'direct' | 'proxies' | 'said'>,
    system: System,
    lock: Lock,
  ) {
    this.ports = parts.ports;
    this.dataDir = parts.dataDir;
    this.env = parts.env;
    this.direct = parts.direct;
    this.proxies = parts.proxies;
    this.said = parts.said;
    this.#system = system;
    this.#lock = lock;
  }

  /** Empties the data folder and starts everything in it; resolves when all of it serves. */
  static async open(settings: ChaosSettings, say: (line: string) => void): Promise<Arena> {
    const { dataDir, port } = settings;
    prepareDataDir(dataDir);
    const lock = acquireLock(dataDir, { basePort: port, command: 'chaos' });
    const said: { at: number; line: string }[] = [];
    const progress = {
      say,
      warn: (line: string) => void said.push({ at: Date.now(), line }),
      step: <T>(_name: string, work: () => Promise<T>) => work(),
    };
    try {
      const planned = await planArena(settings);
      await clearTheWay(planned.plan, progress);
      mkdirSync(join(dataDir, 'control'), { recursive: true });
      const { work, env, direct, proxies } = await planned.begin();
      const system = new System(work, dataDir, progress);
      const arena = new Arena({ ports: portsFrom(port), dataDir, env, direct, proxies, said }, system, lock);
      await system.start().catch(async (error: unknown) => {
        await arena.close();
        throw error;
      });
      return arena;
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  get routerUrl(): string {
    return `http://127.0.0.1:${this.ports.router}/graphql`;
  }

  pidOf(name: ProcessName): number | undefined {
    return recordedAlive(this.#system.pidsFile).find((running) => running.name === name)?.pid;
  }

  /** Sends a signal; answers whether there was somebody to send it to. */
  signal(name: ProcessName, signal: NodeJS.Signals): boolean {
    const pid = this.pidOf(name);
    if (pid === undefined) return false;
    // PostgreSQL's backends and RabbitMQ's helpers are frozen with it: a machine that stands still does so as a whole.
    const group = signal === 'SIGSTOP' || signal === 'SIGCONT' ? -pid : pid;
    try {
      process.kill(group, signal);
    } catch {
      return false;
    }
    if (signal === 'SIGSTOP') this.#stopped.add(group);
    if (signal === 'SIGCONT') this.#stopped.delete(group);
    return true;
  }

  /** Tells a process how to misbehave, from now on and until it is told otherwise or started anew. */
  instruct(name: (typeof productProcessNames)[number], misbehaviour: Misbehaviour): void {
    writeFileSync(join(this.dataDir, 'control', `${name}.json`), JSON.stringify(misbehaviour));
    this.signal(name, 'SIGUSR2');
  }

  /** Ends everything that is wrong with the network and the processes, and waits until all of it serves again. */
  async heal(): Promise<void> {
    for (const group of this.#stopped) {
      try {
        process.kill(group, 'SIGCONT');
      } catch {
        // It was killed meanwhile.
      }
    }
    this.#stopped.clear();
    for (const name of serverNames) this.proxies[name].become({ kind: 'fair' });
    for (const name of productProcessNames) this.instruct(name, {});
    await this.untilServing();
  }

  /** Waits until a subgraph's process is ready; answers its pid. */
  async untilReady(name: (typeof subgraphProcesses)[number]): Promise<number | undefined> {
    await this.#untilServes(name, this.ports.subgraphs[name], Date.now() + 60_000);
    return this.pidOf(name);
  }

  /** Waits until every process is ready, 60 s at most. @throws Error that names who is not */
  async untilServing(): Promise<void> {
    const { ports } = this;
    const healthPorts: Record<string, number> = {
      ...Object.fromEntries(subgraphProcesses.map((name) => [name, ports.subgraphs[name]])),
      router: ports.router,
      'kitchen-device': ports.kitchenDevice,
      'payment-provider': ports.paymentProvider,
    };
    const deadline = Date.now() + 60_000;
    for (const [name, port] of Object.entries(healthPorts)) await this.#untilServes(name, port, deadline);
  }

  /** How long the payment provider takes to answer, milliseconds. */
  async slowProvider(latencyMs: number): Promise<void> {
    await fetch(`http://127.0.0.1:${this.ports.paymentProvider}/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ latencyMs }),
    });
  }

  /** Runs a command of the host, e.g. `orders rebuild`, and answers what it printed. */
  command(subgraph: string, ...command: string[]): Promise<string> {
    return runToEnd(hostCommand([subgraph, ...command], false), { ...this.env, SUBGRAPHS: subgraph });
  }

  /** The failpoint at which a process has crashed last, as it said itself. */
  lastFailpoint(name: ProcessName): string | undefined {
    const last = [...this.#log(name).matchAll(/^crashing at failpoint (\S+)$/gm)].at(-1);
    return last?.[1];
  }

  logTail(name: string): string {
    return this.#log(name).split('\n').slice(-15).join('\n');
  }

  /** Ready and whole: a subgraph that lacks its broker is ready to be asked, and not yet healed. */
  /** @throws Error at the deadline, which says who answers instead, where somebody does */
  async #untilServes(name: string, port: number, deadline: number): Promise<void> {
    for (;;) {
      const instance = this.#system.instanceOf(name) ?? '';
      // Who has been replaced may answer once more; that is wrong only if it stays so.
      const status = await probeHealth(`http://127.0.0.1:${port}`, { service: name, instance }).catch(
        (error: unknown) => (error as Error).message,
      );
      if (status === 'ready') return;
      if (Date.now() > deadline) throw new Error(`${name} does not serve: ${status}\n${this.logTail(name)}`);
      await delay(50);
    }
  }

  #log(name: string): string {
    return readFileSync(join(this.dataDir, 'logs', `${name}.log`), 'utf8');
  }

  async close(): Promise<void> {
    for (const group of this.#stopped) process.kill(group, 'SIGCONT');
    const limit = setTimeout(() => this.#system.kill(), 9_000);
    await this.#system.stop();
    clearTimeout(limit);
    for (const name of serverNames) this.proxies[name].close();
    this.#lock.release();
  }
}
