import type { Connection, Publisher } from 'rabbitmq-client';
import { BrokerAway, UnroutableMessage } from '../errors/delivery-errors.ts';
import { MAX_DRAIN_MS } from './drain-window.ts';

export interface Publication {
  exchange: string;
  routingKey: string;
  messageId: string;
  type?: string;
  headers: Record<string, string | number>;
  /** It is an error when no queue takes it. */
  mandatory: boolean;
  /** Milliseconds that it may stay in its queue. */
  expiration?: string;
  /** Of a body of bytes, '' for none; `application/json` unless told. What is no bytes is written as JSON. */
  contentType?: string;
  /** A confirm that takes longer is not awaited any more, milliseconds; at most, and by default, `MAX_DRAIN_MS`. */
  confirmWithinMs?: number;
}

/** Publishes JSON durably, and answers when the broker has it: in a queue, or, unless mandatory, in none. */
export class ConfirmingPublisher {
  readonly #publisher: Publisher;
  readonly #returned = new Set<string>();
  #blocked: string | undefined;

  constructor(connection: Connection) {
    this.#publisher = connection.createPublisher({ confirm: true, maxAttempts: 1 });
    this.#publisher.on('basic.return', (message) => this.#returned.add(String(message.messageId)));
    connection.on('connection.blocked', (reason) => {
      this.#blocked = reason;
    });
    const unblock = () => {
      this.#blocked = undefined;
    };
    connection.on('connection.unblocked', unblock);
    connection.on('connection', unblock);
  }

  /**
   * The client would keep a message in memory until the broker takes messages again, and its sender would wait for as
   * long.
   * @throws BrokerAway while the broker takes no messages, with its reason
   */
  assertTaking(): void {
    if (this.#blocked !== undefined) throw new BrokerAway(`the broker takes no messages: ${this.#blocked}`);
  }

  /** @throws UnroutableMessage, BrokerAway; after the latter the message may have arrived all the same */
  async send(publication: Publication, body: unknown): Promise<void> {
    this.assertTaking();
    await this.#confirmed(publication, body);
    if (!publication.mandatory) return;
    // The broker sends basic.return before the confirm, but the client tells of it one turn of the event loop later.
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#returned.delete(publication.messageId)) {
      throw new UnroutableMessage(`no queue is bound for ${publication.routingKey} on "${publication.exchange}"`);
    }
  }

  async close(): Promise<void> {
    await this.#publisher.close();
  }

  async #confirmed(
    { confirmWithinMs, contentType = 'application/json', ...publication }: Publication,
    body: unknown,
  ): Promise<void> {
    const withinMs = Math.min(confirmWithinMs ?? MAX_DRAIN_MS, MAX_DRAIN_MS);
    const sent = this.#publisher.send({ ...publication, durable: true, ...(contentType && { contentType }) }, body);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new BrokerAway(`no confirm within ${Math.round(withinMs)} ms`)), withinMs);
    });
    try {
      await Promise.race([sent, late]);
    } catch (error) {
      sent.catch(() => {}); // what becomes of it later, nobody waits for
      throw error instanceof BrokerAway ? error : new BrokerAway((error as Error).message, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }
}
