import type { DeviceTopology, Telemetry } from '@brigade/schema';
import type { Logger, Metrics } from '@brigade/service-kit/process';
import { Counter } from 'prom-client';
import type { Connection } from 'rabbitmq-client';

/**
 * Sends the readings every `intervalMs`, without confirms: a lost one is followed by the next. While the broker takes no
 * messages none are sent: the client would keep them all in memory.
 */
export function publishTelemetry({
  connection,
  topology,
  intervalMs,
  read,
  log,
  metrics,
}: {
  connection: Connection;
  topology: DeviceTopology;
  intervalMs: number;
  read: () => Telemetry[];
  log: Logger;
  metrics: Metrics;
}): { close(): Promise<void> } {
  const publisher = connection.createPublisher({ confirm: false, maxAttempts: 1, exchanges: topology.exchanges });
  const sent = new Counter({
    name: 'telemetry_sent_total',
    help: 'Readings that were given to the broker, without confirms',
    registers: [metrics.registry],
  });
  const timer = setInterval(() => {
    if (!connection.ready) return;
    for (const telemetry of read()) {
      const routingKey = topology.telemetryKey(telemetry.deviceId);
      publisher
        .send({ exchange: topology.telemetry, routingKey, durable: false, contentType: 'application/json' }, telemetry)
        .then(() => sent.inc())
        .catch((error: unknown) => log.debug({ err: error }, 'telemetry was lost'));
    }
  }, intervalMs);
  return {
    async close() {
      clearInterval(timer);
      await publisher.close();
    },
  };
}
