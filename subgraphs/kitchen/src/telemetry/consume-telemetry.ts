import { telemetrySchema, type DeviceTopology, type Telemetry } from '@brigade/schema';
import type { Broker, Logger } from '@brigade/service-kit';
import type { Consumer } from 'rabbitmq-client';

/** Hears the readings of every device on a queue of this process's own, which is gone with it. */
export function consumeTelemetry(options: {
  broker: Broker;
  topology: DeviceTopology;
  log: Logger;
  take: (telemetry: Telemetry) => void;
  onListening: () => void;
  onInterrupted: () => void;
}): Consumer {
  const { broker, topology, log } = options;
  const consumer = broker.connection.createConsumer(
    {
      queueOptions: { exclusive: true, autoDelete: true, arguments: { 'x-max-length': 1_000 } },
      exchanges: topology.exchanges,
      queueBindings: [{ exchange: topology.telemetry, routingKey: 'telemetry.#' }],
      noAck: true,
      concurrency: 100,
    },
    ({ body }) => {
      const telemetry = telemetrySchema.safeParse(body);
      if (telemetry.success) options.take(telemetry.data);
      else log.debug({ err: telemetry.error }, 'not telemetry, skipped');
    },
  );
  consumer.on('ready', options.onListening);
  consumer.on('error', (error) => {
    options.onInterrupted();
    log.warn({ err: error }, 'telemetry interrupted, resuming by itself');
  });
  return consumer;
}
