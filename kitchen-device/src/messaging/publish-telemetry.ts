import type { DeviceTopology, Telemetry } from '@brigade/schema';
import type { Logger } from '@brigade/service-kit/process';
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
}: {
  connection: Connection;
  topology: DeviceTopology;
  intervalMs: number;
  read: () => Telemetry[];
  log: Logger;
}): { close(): Promise<void> } {
  const publisher = connection.createPublisher({ confirm: false, maxAttempts: 1, exchanges: topology.exchanges });
  const timer = setInterval(() => {
    if (!connection.ready) return;
    for (const telemetry of read()) {
      const routingKey = topology.telemetryKey(telemetry.deviceId);
      publisher
        .send({ exchange: topology.telemetry, routingKey, durable: false, contentType: 'application/json' }, telemetry)
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
