import type { DeviceEvent, DeviceTopology } from '@brigade/schema';
import type { Logger, Metrics } from '@brigade/service-kit/process';
import type { Connection } from 'rabbitmq-client';

const BATCH = 500;
const PAUSE_MS = 250;

/**
 * Sends what devices say, in order, and keeps each event until the broker has confirmed it; while the broker is away
 * they wait. A crash loses them with the jobs that they speak of: the next ONLINE tells.
 */
export class EventPublisher {
  readonly #waiting: DeviceEvent[] = [];
  readonly #returned = new Set<string>();
  readonly #publisher;
  #sending: Promise<void> | undefined;
  #closed = false;

  constructor(
    connection: Connection,
    private readonly topology: DeviceTopology,
    private readonly metrics: Metrics,
    private readonly log: Logger,
    private readonly onConfirmed: (event: DeviceEvent) => void = () => {},
  ) {
    const { exchanges, queues, queueBindings } = topology;
    this.#publisher = connection.createPublisher({ confirm: true, maxAttempts: 1, exchanges, queues, queueBindings });
    this.#publisher.on('basic.return', (message) => this.#returned.add(String(message.messageId)));
  }

  send(events: readonly DeviceEvent[]): void {
    if (events.length === 0) return;
    this.#waiting.push(...events);
    this.metrics.outboxDepth.set(this.#waiting.length);
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
  }

  /** Gives what is under way a moment to be confirmed, then closes. */
  async close(withinMs = 400): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, withinMs);
    });
    await Promise.race([this.#sending, late]);
    clearTimeout(timer);
    this.#closed = true;
    await this.#publisher.close();
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#closed) {
      const batch = this.#waiting.slice(0, BATCH);
      const unsent = await this.#sendBatch(batch);
      this.#waiting.splice(0, batch.length, ...unsent);
      this.metrics.outboxDepth.set(this.#waiting.length);
      if (unsent.length > 0) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  /** Answers the events that the broker did not confirm or that found no queue. */
  async #sendBatch(batch: readonly DeviceEvent[]): Promise<DeviceEvent[]> {
    const results = await Promise.allSettled(
      batch.map((event) =>
        this.#publisher.send(
          {
            exchange: this.topology.devices,
            routingKey: this.topology.eventKey(event.deviceId),
            messageId: event.eventId,
            type: event.type,
            durable: true,
            mandatory: true,
            contentType: 'application/json',
          },
          event,
        ),
      ),
    );
    // A return comes before its confirm, but is told of one turn of the event loop later.
    await new Promise((resolve) => setImmediate(resolve));
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) this.log.warn({ err: failure.reason as Error }, 'events were not confirmed, will be sent again');
    return batch.filter((event, index) => {
      const confirmed = results[index]?.status === 'fulfilled' && !this.#returned.delete(event.eventId);
      if (!confirmed) return true;
      this.metrics.messagesPublished.inc({ message: `device.${event.type}` });
      this.onConfirmed(event);
      return false;
    });
  }
}
