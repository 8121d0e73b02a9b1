import { deviceCommandSchema, type DeviceCommand, type DeviceTopology } from '@brigade/schema';
import type { Logger, Metrics } from '@brigade/service-kit/process';
import { ConsumerStatus, type Connection, type Consumer } from 'rabbitmq-client';

const PREFETCH = 200;

/** Hands over the commands in the order in which they came. What is not a command is logged and dropped. */
export function consumeCommands(
  connection: Connection,
  topology: DeviceTopology,
  { log, metrics }: { log: Logger; metrics: Metrics },
  handle: (command: DeviceCommand) => void,
): Consumer {
  const { exchanges, queueBindings, commandQueue } = topology;
  const consumer = connection.createConsumer(
    {
      queue: commandQueue.queue,
      queueOptions: commandQueue,
      exchanges,
      queueBindings: queueBindings.filter(({ queue }) => queue === commandQueue.queue),
      qos: { prefetchCount: PREFETCH },
      concurrency: PREFETCH,
      requeue: true,
    },
    (delivery) => {
      const command = deviceCommandSchema.safeParse(delivery.body);
      const message = command.success ? `command.${command.data.type}` : 'command';
      const took = metrics.messageDuration.startTimer({ message, outcome: command.success ? 'ok' : 'dead' });
      if (command.success) handle(command.data);
      else log.error({ err: command.error, messageId: delivery.messageId }, 'not a device command, dropped');
      took();
      return ConsumerStatus.ACK;
    },
  );
  consumer.on('error', (error) => log.warn({ err: error }, 'command consumer interrupted, resuming by itself'));
  return consumer;
}
