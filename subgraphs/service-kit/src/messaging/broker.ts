import { mustBeHeard, type Envelope } from '@brigade/schema';
import { Connection, type Publisher } from 'rabbitmq-client';
import { UnroutableMessage } from '../errors/delivery-errors.ts';
import type { Logger } from '../observe/logger.ts';
import { declareTopology, topologyOf, type Topology } from './topology.ts';

export interface BrokerOptions {
  url: string;
  namespace: string;
  /** Shown in the broker's management page. */
  connectionName: string;
  log: Logger;
}

/** What else a message carries on its way through retries and dead letters. */
export type DeliveryHeaders = Record<string, string | number>;

/**
 * The connection of one service to RabbitMQ. It reconnects by itself; while the broker is away `publish` rejects, which
 * is why everything that matters goes through an outbox.
 */
export class Broker {
  readonly topology: Topology;
  readonly #publisher: Publisher;
  readonly #returned = new Set<string>();

  private constructor(
    readonly connection: Connection,
    readonly namespace: string,
  ) {
    this.topology = topologyOf(namespace);
    this.#publisher = connection.createPublisher({ confirm: true, maxAttempts: 1 });
    this.#publisher.on('basic.return', (message) => this.#returned.add(String(message.messageId)));
  }

  /** Connects and declares the topology; waits up to 30 s for a broker that is still starting. */
  static async open({ url, namespace, connectionName, log }: BrokerOptions): Promise<Broker> {
    const connection = new Connection({
      url,
      connectionName,
      heartbeat: 10,
      retryLow: 200,
      retryHigh: 3_000,
      acquireTimeout: 5_000,
    });
    connection.on('error', (error) => log.warn({ err: error }, 'broker connection lost, reconnecting'));
    connection.on('connection.blocked', (reason) => log.warn({ reason }, 'the broker blocks publishers'));
    await connection.onConnect(30_000);
    await declareTopology(connection, namespace);
    return new Broker(connection, namespace);
  }

  /** @throws UnroutableMessage when someone must hear the message and no queue is bound; any other error is the broker's */
  async publishEvent(message: Envelope): Promise<void> {
    await this.#send(this.topology.events, message.name, message, {}, mustBeHeard(message.name));
  }

  /** Puts a message into a delay queue; it comes back to the consumer's work queue after about `delayMs`. */
  async publishRetry(consumer: string, message: Envelope, delayMs: number, headers: DeliveryHeaders): Promise<void> {
    const jittered = Math.round(delayMs * (0.5 + Math.random() / 2));
    await this.#send(
      this.topology.retryExchange(delayMs),
      this.topology.workQueue(consumer),
      message,
      headers,
      true,
      String(jittered),
    );
  }

  /** Puts whatever arrived, readable or not, into the consumer's dead-letter queue. */
  async publishDead(consumer: string, messageId: string, body: unknown, headers: DeliveryHeaders): Promise<void> {
    await this.#publish(
      { exchange: '', routingKey: this.topology.deadQueue(consumer), messageId, headers, mandatory: true },
      body,
    );
  }

  async #send(
    exchange: string,
    routingKey: string,
    message: Envelope,
    headers: DeliveryHeaders,
    mandatory: boolean,
    expiration?: string,
  ): Promise<void> {
    await this.#publish(
      {
        exchange,
        routingKey,
        messageId: message.id,
        type: message.name,
        headers,
        mandatory,
        ...(expiration && { expiration }),
      },
      message,
    );
  }

  async #publish(
    envelope: {
      exchange: string;
      routingKey: string;
      messageId: string;
      type?: string;
      headers: DeliveryHeaders;
      mandatory: boolean;
      expiration?: string;
    },
    body: unknown,
  ): Promise<void> {
    await this.#publisher.send({ ...envelope, durable: true, contentType: 'application/json' }, body);
    if (!envelope.mandatory) return;
    // The broker sends basic.return before the confirm, but the client tells of it one turn of the event loop later.
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#returned.delete(envelope.messageId)) {
      throw new UnroutableMessage(`no queue is bound for ${envelope.routingKey} on "${envelope.exchange}"`);
    }
  }

  /** Resolves when the broker answers. */
  async ping(): Promise<void> {
    await this.connection.exchangeDeclare({ exchange: this.topology.events, passive: true, type: 'topic' });
  }

  /** Messages that wait in a queue. */
  async depth(queue: string): Promise<number> {
    const { messageCount } = await this.connection.queueDeclare({ queue, passive: true });
    return messageCount;
  }

  async close(): Promise<void> {
    await this.#publisher.close();
    await this.connection.close();
  }
}
