import type { DeviceTopology } from '@brigade/schema';
import { Poller, type Broker, type CloseStack, type Logger, type PostgresOrm } from '@brigade/service-kit';
import type { KitchenDeps } from '../deps.ts';
import { consumeTelemetry } from '../telemetry/consume-telemetry.ts';
import type { LatestTelemetry } from '../telemetry/latest-telemetry.ts';
import { declareDevices } from './declare-devices.ts';
import { startCommandSender } from './command-sender.ts';
import { startEventConsumer } from './event-consumer.ts';
import { Hearing } from './hearing.ts';
import { takeEvents } from './take-events.ts';
import { askForReports, hasUnanswered, upkeep, type DeviceLimits } from './upkeep.ts';

const UPKEEP_EVERY_MS = 1_000;

export interface DevicesOptions extends DeviceLimits {
  broker: Broker;
  topology: DeviceTopology;
  orm: PostgresOrm;
  work: KitchenDeps['work'];
  telemetry: LatestTelemetry;
  log: Logger;
  stack: CloseStack;
  ackDeadlineMs: number;
  commandTtlMs: number;
  isHealthy: () => Promise<boolean>;
}

/** Everything between the kitchen and its devices; closed with the stack. */
export function openDevices(options: DevicesOptions): { wakeSender: () => void; greet: () => Promise<void> } {
  const { broker, topology, orm, work, telemetry, log, stack, ackDeadlineMs, commandTtlMs, tries } = options;
  const hearing = new Hearing();
  broker.topologyKeeper.also((connection) => declareDevices(connection, topology));
  const sender = startCommandSender({ orm, broker, topology, log, ackDeadlineMs, commandTtlMs, tries });
  stack.defer('device commands', () => sender.stop());
  const events = startEventConsumer({
    broker,
    topology,
    log,
    isHealthy: options.isHealthy,
    onHeard: (deviceId) => hearing.hear(deviceId),
    take: (heard) => work((begun) => takeEvents(begun, heard)),
  });
  stack.defer('device events', () => events.stop());
  const readings = consumeTelemetry({
    broker,
    topology,
    log,
    take: (reading) => {
      hearing.hear(reading.deviceId);
      telemetry.take(reading);
    },
    onListening: () => hearing.beginListening(),
    onInterrupted: () => hearing.stopListening(),
  });
  broker.connection.on('error', () => hearing.stopListening());
  stack.defer('telemetry', () => readings.close());
  const watch = new Poller({
    name: 'device upkeep',
    intervalMs: UPKEEP_EVERY_MS,
    log,
    async run() {
      hearing.wakeUp();
      // An answer may wait to be heard, above all when this kitchen has just begun.
      const mayGiveUp = (await hasUnanswered(orm, tries)) && (await events.hasHeardAll());
      await work((begun) => upkeep(begun, hearing, { ...options, mayGiveUp }));
      return false;
    },
  });
  stack.defer('device upkeep', () => watch.stop());
  return {
    wakeSender: () => sender.wake(),
    /** Asks every device that is known what it is doing: much may have happened while no kitchen listened. */
    greet: () =>
      work(async (begun) => {
        const known = await begun.tx.execute<{ id: string }[]>('select id from devices');
        await askForReports(
          begun,
          known.map(({ id }) => id),
        );
      }),
  };
}
