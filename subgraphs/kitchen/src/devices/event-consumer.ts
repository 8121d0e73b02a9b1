import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { deviceEventSchema, type DeviceEvent, type DeviceTopology } from '@brigade/schema';
import { Stamina, failureHeaders, type Broker, type Logger } from '@brigade/service-kit';
import { ConsumerStatus, type AsyncMessage } from 'rabbitmq-client';

const BATCH = 200;
const ATTEMPTS = 5;
/** A message of the kitchen to itself, by the way that devices' events take. */
const MARK = 'kitchen.mark';
const MARK_WITHIN_MS = 1_000;

interface Waiting {
  event: DeviceEvent;
  settle: (status: ConsumerStatus) => void;
}

export interface EventConsumerOptions {
  broker: Broker;
  topology: DeviceTopology;
  log: Logger;
  /** Whether everything that taking in needs answers: a failure while it does not is not the event's. */
  isHealthy: () => Promise<boolean>;
  onHeard: (deviceId: string) => void;
  /** Takes in some events in one transaction. */
  take: (events: readonly DeviceEvent[]) => Promise<void>;
}

export interface EventConsumer {
  /**
   * Whether everything that devices had said when it was asked has been taken in: a mark that is put behind it has come.
   * False when that takes longer than a second, or another kitchen is the one that hears.
   */
  hasHeardAll(): Promise<boolean>;
  stop(): Promise<void>;
}

/**
 * Consumes what devices say, many at a time and strictly in order: what came while one batch was written is the next.
 * A batch that fails is tried again with pauses; what still fails then is tried alone, and goes to the dead letters.
 */
export function startEventConsumer(options: EventConsumerOptions): EventConsumer {
  const { broker, topology, log } = options;
  const waiting: Waiting[] = [];
  const marks = new Map<string, () => void>();
  let working: Promise<void> | undefined;
  const stamina = new Stamina(options);
  let stopping = false;

  const take: EventConsumerOptions['take'] = (events) => stamina.carryThrough(() => options.take(events));
  const work = async () => {
    // Whatever else the socket has brought belongs to the batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH);
      const outcome = await takeWithRetries(batch, take, options, () => stopping);
      for (const { settle } of batch) settle(outcome);
    }
  };
  const receive = async (delivery: AsyncMessage): Promise<ConsumerStatus> => {
    if (delivery.type === MARK) {
      await working;
      marks.get(delivery.messageId ?? '')?.();
      return ConsumerStatus.ACK;
    }
    const event = deviceEventSchema.safeParse(delivery.body);
    if (!event.success) {
      log.error({ err: event.error, messageId: delivery.messageId }, 'not a device event: dead letter');
      await bury(options, delivery.messageId ?? '', delivery.body, event.error, 1);
      return ConsumerStatus.ACK;
    }
    options.onHeard(event.data.deviceId);
    return new Promise((settle) => {
      waiting.push({ event: event.data, settle });
      working ??= work().finally(() => {
        working = undefined;
      });
    });
  };
  const consumer = broker.connection.createConsumer(
    {
      queue: topology.kitchenQueue.queue,
      queueOptions: topology.kitchenQueue,
      exchanges: topology.exchanges,
      queueBindings: topology.queueBindings.filter(({ queue }) => queue === topology.kitchenQueue.queue),
      qos: { prefetchCount: BATCH * 2 },
      concurrency: BATCH * 2,
      requeue: true,
    },
    receive,
  );
  consumer.on('error', (error) => log.warn({ err: error }, 'device events interrupted, resuming by itself'));
  return {
    async hasHeardAll() {
      const messageId = randomUUID();
      const come = new Promise<true>((resolve) => marks.set(messageId, () => resolve(true)));
      try {
        await broker.publishToQueue(topology.kitchenQueue.queue, { messageId, type: MARK }, {});
        return await Promise.race([come, delay(MARK_WITHIN_MS, false, { ref: false })]);
      } catch (error) {
        log.debug({ err: error }, 'the devices can not be heard now');
        return false;
      } finally {
        marks.delete(messageId);
      }
    },
    stop: () => {
      stopping = true;
      stamina.end();
      return consumer.close();
    },
  };
}

async function takeWithRetries(
  batch: readonly Waiting[],
  take: EventConsumerOptions['take'],
  options: EventConsumerOptions,
  stopping: () => boolean,
): Promise<ConsumerStatus> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await take(batch.map(({ event }) => event));
      return ConsumerStatus.ACK;
    } catch (error) {
      options.log.warn({ err: error, events: batch.length, attempt }, 'taking in device events failed');
      if (stopping()) return ConsumerStatus.REQUEUE;
      if (attempt >= ATTEMPTS) return takeApart(batch, take, options, error as Error, stopping);
      await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
    }
  }
}

async function takeApart(
  batch: readonly Waiting[],
  take: EventConsumerOptions['take'],
  options: EventConsumerOptions,
  error: Error,
  stopping: () => boolean,
): Promise<ConsumerStatus> {
  const [only] = batch;
  if (batch.length === 1 && only) {
    options.log.error({ err: error, event: only.event }, 'a device event can not be taken in: dead letter');
    await bury(options, only.event.eventId, only.event, error, ATTEMPTS);
    return ConsumerStatus.ACK;
  }
  for (const one of batch) {
    if ((await takeWithRetries([one], take, options, stopping)) === ConsumerStatus.REQUEUE)
      return ConsumerStatus.REQUEUE;
  }
  return ConsumerStatus.ACK;
}

/** Among the kitchen's dead letters; a redrive puts it where it came from. */
const bury = ({ broker, topology }: EventConsumerOptions, id: string, body: unknown, error: Error, attempts: number) =>
  broker.publishDead(
    'kitchen',
    id,
    body,
    failureHeaders({ messageId: id, name: 'device event', attempts, waits: 0 }, error),
    { queue: topology.kitchenQueue.queue },
  );
