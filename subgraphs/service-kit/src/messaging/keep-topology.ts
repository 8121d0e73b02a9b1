import type { Consumer as ConsumerName } from '@brigade/schema';
import type { Channel, Connection } from 'rabbitmq-client';
import { Poller } from '../lifecycle/poller.ts';
import type { Logger } from '../observe/logger.ts';
import { declareTopology, retryDelays, topologyOf } from './topology.ts';

/** How often somebody looks whether what the service needs is there, milliseconds. */
export const LOOK_EVERY_MS = 1_000;
/** Every so many looks everything is declared again, bindings included: AMQP has no way to look at a binding. */
const DECLARE_EVERY_LOOKS = 10;
/** Between two repairs, milliseconds: what can't be repaired must not keep the broker busy. */
const REPAIR_PAUSE_MS = 250;

export interface TopologyKeeperOptions {
  connection: Connection;
  namespace: string;
  log: Logger;
}

/**
 * Keeps what the service needs at the broker: an exchange, queue or binding that somebody deleted is declared again, at
 * once when it was noticed by its absence, and within ten seconds otherwise. What a deleted queue held is lost with it.
 */
export class TopologyKeeper {
  readonly #needed = new Set<string>();
  readonly #more: ((connection: Connection) => Promise<void>)[] = [];
  readonly #poller: Poller;
  #looks = 0;
  #fault: string | undefined = 'not declared yet';
  #repairing: Promise<void> | undefined;
  #closed = false;

  constructor(private readonly options: TopologyKeeperOptions) {
    const { namespace, log } = options;
    for (const delayMs of retryDelays) this.#needed.add(topologyOf(namespace).retryExchange(delayMs));
    this.#poller = new Poller({ name: 'topology', intervalMs: LOOK_EVERY_MS, log, run: () => this.#look() });
  }

  /** From now on the queues of this consumer are among what is looked for. */
  need(consumer: ConsumerName): void {
    const topology = topologyOf(this.options.namespace);
    this.#needed.add(topology.workQueue(consumer));
    this.#needed.add(topology.deadQueue(consumer));
  }

  /** What else is declared each time, e.g. by a service that has queues of its own. Declaring again must be harmless. */
  also(declare: (connection: Connection) => Promise<void>): void {
    this.#more.push(declare);
    void Promise.resolve(this.#repairing).then(() => this.repair('not declared yet'));
  }

  /** What was missing when somebody last looked. */
  get fault(): string | undefined {
    return this.#fault;
  }

  /** Somebody has found something missing: declares everything again, once for all who ask meanwhile. */
  repair(why: string): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#fault = why;
    return (this.#repairing ??= this.#declare().finally(() => {
      this.#repairing = undefined;
    }));
  }

  /** Begins nothing any more. What is under way ends with its connection: a broker that does not answer must not hold it. */
  close(): void {
    this.#closed = true;
    void this.#poller.stop();
  }

  async #look(): Promise<boolean> {
    const { connection } = this.options;
    if (!connection.ready) return false; // the next connection declares
    this.#looks += 1;
    const missing = await this.#missing();
    if (missing) {
      this.options.log.warn({ missing }, 'the broker lacks a part of the topology, declaring it again');
      await this.repair(`the broker has no ${missing}`);
    } else if (this.#fault !== undefined || this.#looks % DECLARE_EVERY_LOOKS === 0) {
      await this.#declare();
    }
    return false;
  }

  /** The first of what is needed that is not there. */
  async #missing(): Promise<string | undefined> {
    const { connection, namespace } = this.options;
    const channel = await connection.acquire();
    let looking = '';
    try {
      const look = async (what: string, ask: (channel: Channel) => Promise<unknown>) => {
        looking = what;
        await ask(channel);
      };
      const { events, retryExchange } = topologyOf(namespace);
      await look(`exchange ${events}`, (on) => on.exchangeDeclare({ exchange: events, passive: true, type: 'topic' }));
      for (const exchange of retryDelays.map(retryExchange))
        await look(`exchange ${exchange}`, (on) => on.exchangeDeclare({ exchange, passive: true, type: 'fanout' }));
      for (const queue of this.#needed) await look(`queue ${queue}`, (on) => on.queueDeclare({ queue, passive: true }));
      return undefined;
    } catch (error) {
      if ((error as { code?: string }).code === 'NOT_FOUND') return looking;
      throw error;
    } finally {
      await channel.close();
    }
  }

  async #declare(): Promise<void> {
    const { connection, namespace, log } = this.options;
    try {
      await declareTopology(connection, namespace);
      for (const declare of this.#more) await declare(connection);
      this.#fault = undefined;
    } catch (error) {
      this.#fault = `the topology could not be declared: ${(error as Error).message}`;
      log.warn({ err: error }, 'could not declare the topology, will try again');
      await new Promise((resolve) => setTimeout(resolve, REPAIR_PAUSE_MS));
    }
  }
}
