import { deviceTopology } from '@brigade/schema';
import {
  createRuntime,
  openWith,
  startOpsServer,
  type Environment,
  type Service,
  type ServiceDefinition,
} from '@brigade/service-kit/process';
import { closeConnection, connectBroker } from '@brigade/service-kit/broker-connection';
import { readKitchenDeviceConfig } from './config.ts';
import { BootIds } from './kitchen/boot-ids.ts';
import { driveClock } from './kitchen/drive-clock.ts';
import { EmulatedKitchen } from './kitchen/emulated-kitchen.ts';
import { profiles } from './kitchen/profiles.ts';
import { consumeCommands } from './messaging/consume-commands.ts';
import { EventPublisher } from './messaging/event-publisher.ts';
import { openDiary } from './messaging/diary.ts';
import { publishTelemetry } from './messaging/publish-telemetry.ts';

const name = 'kitchen-device';

async function start(env: Environment): Promise<Service> {
  const config = readKitchenDeviceConfig(env);
  const runtime = createRuntime(name, config);
  return openWith(runtime, async () => {
    const { log, stack, health, metrics, errors } = runtime;
    const profile = profiles[config.KITCHEN_PROFILE];
    const factor = config.KITCHEN_CLOCK ?? profile.clock;
    const kitchen = new EmulatedKitchen({ profile, seed: config.KITCHEN_SEED, faults: config.KITCHEN_FAULTS });
    const boots = new BootIds();

    // Two connections: a broker that is short of memory or disk stops reading from publishers, and the acknowledgements
    // of commands must not stand in that line.
    const connect = (role: string) => connectBroker({ url: config.AMQP_URL, name: `${name} ${role}`, log });
    const consuming = connect('consumer');
    stack.defer('consuming', () => closeConnection(consuming));
    const publishing = connect('publisher');
    const topology = deviceTopology(config.BRIGADE_NAMESPACE);
    health.add('rabbitmq', async () => {
      await consuming.exchangeDeclare({ exchange: topology.devices, passive: true, type: 'topic' });
    });
    const diary = openDiary(config.KITCHEN_DEVICE_LOG);
    stack.defer('diary', () => diary.close());
    const events = new EventPublisher(publishing, topology, metrics, log, (event) => diary.enter({ event }));
    const telemetry = publishTelemetry({
      connection: publishing,
      topology,
      log,
      metrics,
      intervalMs: config.TELEMETRY_INTERVAL_MS,
      read: () =>
        [...kitchen.devices.values()]
          .filter((device) => device.hasPower)
          .map((device) => {
            const { boot, ...reading } = device.telemetry();
            return { ...reading, bootId: boots.of(device.id, boot), at: new Date().toISOString() };
          }),
    });
    stack.defer('publishing', () => closeConnection(publishing, events, telemetry));

    const settle = () => events.send(kitchen.takeReports().map((report) => boots.eventOf(report)));
    settle();
    const commands = consumeCommands(consuming, topology, { log, metrics }, (command) => {
      diary.enter({ command });
      kitchen.handle(command, (told, boot) => boots.isFor(told, boot));
      settle();
    });
    stack.defer('commands', () => commands.close());
    stack.defer('clock', driveClock({ factor, step: () => kitchen.step(), settle }));

    const ops = await startOpsServer({ host: config.HOST, port: config.KITCHEN_DEVICE_PORT, health, metrics, errors });
    stack.defer('http', () => ops.stop());
    log.info({ port: ops.port, devices: kitchen.devices.size, clock: factor }, 'listening');
    return {
      name,
      port: ops.port,
      async stop() {
        health.drain();
        await stack.close();
        log.info('stopped');
      },
    };
  });
}

/** The emulated devices of a kitchen as one process. */
export const kitchenDevice: ServiceDefinition = { name, start };
