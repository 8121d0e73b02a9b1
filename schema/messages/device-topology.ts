export interface DeclaredQueue {
  queue: string;
  durable: boolean;
  arguments: Record<string, string | boolean>;
}

/**
 * Where kitchen and devices meet, as RabbitMQ declares it. Both ends declare all of it, so the order in which they
 * start does not matter: commands wait for the devices, and what a device says waits for the kitchen.
 */
export function deviceTopology(namespace: string) {
  const devices = `${namespace}.devices`;
  const telemetry = `${namespace}.telemetry`;
  const commands: DeclaredQueue = {
    queue: `${namespace}.devices.commands`,
    durable: true,
    arguments: { 'x-queue-type': 'quorum' },
  };
  const kitchen: DeclaredQueue = {
    queue: `${namespace}.kitchen.devices`,
    durable: true,
    // One consumer at a time: what a device says is heard in its order, however many kitchens there are.
    arguments: { 'x-queue-type': 'quorum', 'x-single-active-consumer': true },
  };
  return {
    devices,
    telemetry,
    commandQueue: commands,
    kitchenQueue: kitchen,
    exchanges: [
      { exchange: devices, type: 'topic', durable: true },
      { exchange: telemetry, type: 'topic', durable: false },
    ],
    queues: [commands, kitchen],
    queueBindings: [
      { exchange: devices, queue: commands.queue, routingKey: 'command.*' },
      { exchange: devices, queue: kitchen.queue, routingKey: 'event.*' },
    ],
    commandKey: (deviceId: string) => `command.${deviceId}`,
    eventKey: (deviceId: string) => `event.${deviceId}`,
    telemetryKey: (deviceId: string) => `telemetry.${deviceId}`,
  };
}
export type DeviceTopology = ReturnType<typeof deviceTopology>;
