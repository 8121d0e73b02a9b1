import { mustBeHeard, type Envelope } from '@brigade/schema';
import type { Connection } from 'rabbitmq-client';
import { BrokerAway, UnroutableMessage } from '../errors/delivery-errors.ts';
import type { Logger } from '../observe/logger.ts';
import { closeConnection, connectBroker } from './broker-connection.ts';
import { ConfirmingPublisher, type Publication } from './confirming-publisher.ts';
import { TopologyKeeper } from './keep-topology.ts';
import { topologyOf, type Topology } from './topology.ts';

export interface BrokerOptions {
  url: string;
  namespace: string;
  /** Shown in the broker's management page. */
  connectionName: string;
  log: Logger;
  /** How long `open` waits for a broker that does not answer, milliseconds (default 30,000); then it goes on without. */
  patienceMs?: number;
}

/** What else a message carries on its way through retries and dead letters. */
export type DeliveryHeaders = Record<string, string | number>;

/**
 * A service's way to RabbitMQ. One connection consumes and one publishes: a broker that is short of memory or disk stops
 * reading from publishers, and acknowledgements must not stand in that line. Both reconnect by themselves, and declare
 * the topology again each time. While the broker is away `publish` rejects, which is why everything that matters goes
 * through an outbox.
 */
export class Broker {
  readonly topology: Topology;
  readonly #publisher: ConfirmingPublisher;

  private constructor(
    /** The one that consumes. */
    readonly connection: Connection,
    private readonly publishing: Connection,
    readonly namespace: string,
    readonly topologyKeeper: TopologyKeeper,
  ) {
    this.topology = topologyOf(namespace);
    this.#publisher = new ConfirmingPublisher(publishing);
  }

  /** Connects and declares the topology. A broker that is away does not keep a service from starting. */
  static async open({ url, namespace, connectionName, log, patienceMs = 30_000 }: BrokerOptions): Promise<Broker> {
    const consuming = connectBroker({ url, name: `${connectionName} consumer`, log });
    const publishing = connectBroker({ url, name: `${connectionName} publisher`, log });

    const keeper = new TopologyKeeper({ connection: consuming, namespace, log });
    const declared = new Promise<void>((resolve) => {
      const declare = async () => {
        await keeper.repair('not declared yet');
        if (keeper.fault === undefined) resolve();
      };
      for (const connection of [consuming, publishing]) connection.on('connection', () => void declare());
    });
    await within(declared, patienceMs).catch(() => log.error('no answer of the broker; starting without it'));
    return new Broker(consuming, publishing, namespace, keeper);
  }

  /**
   * @throws UnroutableMessage when someone must hear the message and no queue is bound, BrokerAway when there was no
   *   confirm in time; it may have arrived all the same
   */
  async publishEvent(message: Envelope, limits: Pick<Publication, 'confirmWithinMs'> = {}): Promise<void> {
    await this.#send(this.topology.events, message.name, message, {
      headers: {},
      mandatory: mustBeHeard(message.name),
      ...limits,
    });
  }

  /** Puts a message into a delay queue; it comes back to the consumer's work queue after about `delayMs`. */
  async publishRetry(consumer: string, message: Envelope, delayMs: number, headers: DeliveryHeaders): Promise<void> {
    const jittered = Math.round(delayMs * (0.5 + Math.random() / 2));
    const queue = this.topology.workQueue(consumer);
    const expiration = String(jittered);
    await this.#send(this.topology.retryExchange(delayMs), queue, message, { headers, mandatory: true, expiration });
  }

  /**
   * Puts whatever arrived, readable or not, into the consumer's dead-letter queue.
   * @param body bytes as they came, or what is written as JSON
   * @param from `queue`: where it came from, and where a redrive puts it again, the consumer's work queue unless told;
   *   `contentType`: as its sender named it
   */
  async publishDead(
    consumer: string,
    messageId: string,
    body: unknown,
    headers: DeliveryHeaders,
    {
      queue = this.topology.workQueue(consumer),
      contentType,
    }: { queue?: string; contentType?: string | undefined } = {},
  ): Promise<void> {
    const envelope = {
      messageId,
      headers: { ...headers, 'x-queue': queue },
      ...(Buffer.isBuffer(body) && { contentType: contentType ?? '' }),
    };
    await this.#repairing(() => this.publishToQueue(this.topology.deadQueue(consumer), envelope, body));
  }

  /** Publishes whatever it is, past the rules of events. @throws UnroutableMessage, BrokerAway */
  async publish(publication: Publication, body: unknown): Promise<void> {
    await this.#publisher.send(publication, body);
  }

  /** Puts a message into one queue, past the routing. @throws UnroutableMessage when there is no such queue, BrokerAway */
  async publishToQueue(
    queue: string,
    {
      messageId,
      type,
      headers = {},
      contentType,
    }: { messageId: string; type?: string; headers?: DeliveryHeaders; contentType?: string },
    body: unknown,
  ): Promise<void> {
    const envelope = {
      exchange: '',
      routingKey: queue,
      messageId,
      headers,
      mandatory: true,
      ...(type && { type }),
      ...(contentType !== undefined && { contentType }),
    };
    await this.#publisher.send(envelope, body);
  }

  async #send(
    exchange: string,
    routingKey: string,
    message: Envelope,
    more: Pick<Publication, 'headers' | 'mandatory' | 'expiration' | 'confirmWithinMs'>,
  ): Promise<void> {
    const { id: messageId, name: type } = message;
    await this.#repairing(() => this.#publisher.send({ exchange, routingKey, messageId, type, ...more }, message));
  }

  /** What is published to the topology and finds it incomplete has it declared again. */
  async #repairing(publish: () => Promise<void>): Promise<void> {
    try {
      await publish();
    } catch (error) {
      const { cause } = error as { cause?: { code?: unknown } };
      if (error instanceof UnroutableMessage || cause?.code === 'NOT_FOUND')
        void this.topologyKeeper.repair((error as Error).message);
      throw error;
    }
  }

  /**
   * Resolves when messages can flow: the broker answers, takes messages, and has the whole topology.
   * @throws Error, BrokerAway that says what is wrong
   */
  async ping(): Promise<void> {
    this.#publisher.assertTaking();
    if (this.topologyKeeper.fault !== undefined) throw new Error(this.topologyKeeper.fault);
    await this.connection.exchangeDeclare({ exchange: this.topology.events, passive: true, type: 'topic' });
  }

  /** Messages that wait in a queue. */
  async depth(queue: string): Promise<number> {
    const { messageCount } = await this.connection.queueDeclare({ queue, passive: true });
    return messageCount;
  }

  async close(): Promise<void> {
    this.topologyKeeper.close();
    await Promise.all([closeConnection(this.publishing, this.#publisher), closeConnection(this.connection)]);
  }
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new BrokerAway(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
