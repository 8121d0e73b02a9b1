import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  deviceEventSchema,
  deviceTopology,
  telemetrySchema,
  type DeviceCommand,
  type DeviceEvent,
  type Telemetry,
} from '@brigade/schema';
import type { Service } from '@brigade/service-kit';
import { Connection, type Consumer, type Publisher } from 'rabbitmq-client';
import { eventually, serverUrl, testNamespace } from '../../subgraphs/service-kit/tests/test-runtime.ts';
import { kitchenDevice } from '../src/index.ts';

const namespace = testNamespace();
const topology = deviceTopology(namespace);
const folder = mkdtempSync(join(tmpdir(), 'kitchen-device-'));
const log = join(folder, 'log.jsonl');

interface Entry {
  command?: DeviceCommand;
  event?: DeviceEvent;
}

const env = {
  AMQP_URL: serverUrl('AMQP_URL'),
  BRIGADE_NAMESPACE: namespace,
  KITCHEN_DEVICE_PORT: '0',
  KITCHEN_CLOCK: '600',
  TELEMETRY_INTERVAL_MS: '100',
  LOG_LEVEL: 'silent',
  KITCHEN_DEVICE_LOG: log,
};

describe('the device process', () => {
  let connection: Connection;
  let publisher: Publisher;
  let devices: Service;
  const consumers: Consumer[] = [];
  const events: DeviceEvent[] = [];
  const readings: Telemetry[] = [];

  beforeAll(async () => {
    connection = new Connection(env.AMQP_URL);
    connection.on('error', () => {});
    publisher = connection.createPublisher({ confirm: true, ...declarations() });
    consumers[consumers.length] = connection.createConsumer(
      { queue: topology.kitchenQueue.queue, queueOptions: topology.kitchenQueue, ...bindings(), requeue: false },
      ({ body }) => void events.push(deviceEventSchema.parse(body)),
    );
    consumers[consumers.length] = connection.createConsumer(
      {
        queueOptions: { exclusive: true, autoDelete: true },
        exchanges: topology.exchanges,
        queueBindings: [{ exchange: topology.telemetry, routingKey: 'telemetry.#' }],
      },
      ({ body }) => void readings.push(telemetrySchema.parse(body)),
    );
    devices = await kitchenDevice.start(env);
  });
  afterAll(async () => {
    await devices.stop();
    await Promise.all([publisher, ...consumers].map((open) => open.close()));
    await connection.close();
    rmSync(folder, { recursive: true });
  });

  const declarations = () => {
    const { exchanges, queues, queueBindings } = topology;
    return { exchanges, queues, queueBindings };
  };
  const bindings = () => ({ exchanges: topology.exchanges, queueBindings: [topology.queueBindings[1]!] });
  const send = (command: DeviceCommand) =>
    publisher.send(
      { exchange: topology.devices, routingKey: topology.commandKey(command.deviceId), durable: true },
      command,
    );
  const bootOf = (device: string) =>
    events.findLast(({ deviceId, type }) => deviceId === device && type === 'ONLINE')?.bootId ?? randomUUID();
  const start = (over: Partial<DeviceCommand> = {}) =>
    ({
      type: 'START_JOB',
      commandId: randomUUID(),
      deviceId: 'oven-1',
      issuedAt: new Date().toISOString(),
      jobId: randomUUID(),
      bootId: bootOf(over.deviceId ?? 'oven-1'),
      ticketId: randomUUID(),
      step: 0,
      targetCelsius: 230,
      durationSeconds: 120,
      portions: 2,
      ...over,
    }) as Extract<DeviceCommand, { type: 'START_JOB' }>;
  const heard = <T extends DeviceEvent['type']>(type: T, also: (event: Extract<DeviceEvent, { type: T }>) => boolean) =>
    eventually(() =>
      events.find(
        (event): event is Extract<DeviceEvent, { type: T }> =>
          event.type === type && also(event as Extract<DeviceEvent, { type: T }>),
      ),
    );

  test('its metrics tell of telemetry and of commands', async () => {
    const issuedAt = new Date().toISOString();
    await send({ type: 'REPORT', commandId: randomUUID(), deviceId: 'oven-1', issuedAt });
    await eventually(async () => {
      const text = await (await fetch(`http://127.0.0.1:${devices.port}/metrics`)).text();
      return (
        /^telemetry_sent_total\S* [1-9]/m.test(text) &&
        /^message_processing_duration_seconds_count\{.*message="command.REPORT".*\} [1-9]/m.test(text)
      );
    });
  });

  test('every device announces itself', async () => {
    // One that was asked for a report has announced itself twice by now.
    const online = () => new Set(events.flatMap(({ type, deviceId }) => (type === 'ONLINE' ? [deviceId] : [])));
    await eventually(() => online().size === 12);
    expect(new Set(events.map(({ bootId }) => bootId)).size).toBe(12);
  });

  test('a job is accepted and done, once, though its command comes twice', async () => {
    const command = start();
    await send(command);
    await send(command);
    await heard('JOB_DONE', ({ jobId }) => jobId === command.jobId);
    const again = start({ jobId: command.jobId } as never);
    await send(again);
    await heard('COMMAND_ACCEPTED', ({ commandId }) => commandId === again.commandId);
    const answers = events.filter((event) => 'commandId' in event && event.commandId === command.commandId);
    expect(answers.map(({ type }) => type)).toEqual(['COMMAND_ACCEPTED', 'COMMAND_ACCEPTED']);
    expect(events.filter((event) => event.type === 'JOB_DONE' && event.jobId === command.jobId)).toHaveLength(1);
  });

  test('what was heard and confirmed stands in the log, in order', async () => {
    const command = start();
    await send(command);
    await heard('JOB_DONE', ({ jobId }) => jobId === command.jobId);
    const entries = await eventually(() => {
      const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
      const about = lines.filter((line) => line.includes(command.jobId)).map((line) => JSON.parse(line) as Entry);
      return about.some(({ event }) => event?.type === 'JOB_DONE') ? about : undefined;
    });
    expect(entries.map(({ command: told, event }) => told?.type ?? event?.type)).toEqual([
      'START_JOB',
      'COMMAND_ACCEPTED',
      'JOB_DONE',
    ]);
    expect(entries[0]?.command).toEqual(command);
  });

  test('what is no command is dropped, and the next one is heard', async () => {
    await publisher.send({ exchange: topology.devices, routingKey: 'command.oven-1' }, { hello: 'there' });
    const command = start({ type: 'REPORT' } as never);
    const {
      jobId: _j,
      bootId: _b,
      ticketId: _i,
      step: _s,
      targetCelsius: _t,
      durationSeconds: _d,
      portions: _p,
      ...report
    } = command;
    await send(report as unknown as DeviceCommand);
    await heard('COMMAND_ACCEPTED', ({ commandId }) => commandId === command.commandId);
  });

  test('telemetry shows the temperature and what is cooking', async () => {
    const command = start({ deviceId: 'stove-1', durationSeconds: 3_600 } as never);
    await send(command);
    await eventually(() =>
      readings.some(({ deviceId, jobs }) => deviceId === 'stove-1' && jobs.some(({ doneness }) => doneness > 0.1)),
    );
    await heard('JOB_DONE', ({ jobId }) => jobId === command.jobId);
  });

  test('health and metrics are served', async () => {
    const health = await fetch(`http://127.0.0.1:${devices.port}/health/ready`);
    expect(await health.json()).toMatchObject({ status: 'ready', dependencies: { rabbitmq: { status: 'up' } } });
  });

  test('after a restart the devices are new boots without jobs', async () => {
    const command = start({ deviceId: 'oven-2', durationSeconds: 7_200 } as never);
    await send(command);
    const before = await heard('COMMAND_ACCEPTED', ({ commandId }) => commandId === command.commandId);
    await devices.stop();
    events.length = 0;
    devices = await kitchenDevice.start(env);
    const online = await heard('ONLINE', ({ deviceId }) => deviceId === 'oven-2');
    expect(online.jobIds).toEqual([]);
    expect(online.bootId).not.toBe(before.bootId);
    // The first copy was cooking when the power went; the second one is still meant for that boot.
    await send(command);
    const refused = await heard('COMMAND_REFUSED', ({ commandId }) => commandId === command.commandId);
    expect(refused.reason).toBe('RESTARTED');
    const anew = start({ deviceId: 'oven-2' } as never);
    await send(anew);
    await heard('JOB_DONE', ({ jobId }) => jobId === anew.jobId);
  });
});
