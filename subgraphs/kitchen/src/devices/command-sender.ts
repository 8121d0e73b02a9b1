import type { DeviceCommand, DeviceTopology } from '@brigade/schema';
import { Poller, type Logger, type PostgresOrm } from '@brigade/service-kit';
import type { Broker } from '@brigade/service-kit';
import { uuidArray } from '../store/load-orders.ts';

const BATCH = 200;
const RETRY_MS = 500;

export interface SenderOptions {
  orm: PostgresOrm;
  broker: Broker;
  topology: DeviceTopology;
  log: Logger;
  /** How long a device has to answer, milliseconds. */
  ackDeadlineMs: number;
  /** How long the broker keeps a command that begins something for a device that does not listen, milliseconds. */
  commandTtlMs: number;
  /** How often a command is sent in all. */
  tries: number;
}

/**
 * Sends what devices are to be told, in order, and again (the same command, by its id) each time that no answer came
 * in time. Several kitchens share the work.
 */
export function startCommandSender(options: SenderOptions): { wake(): void; stop(): Promise<void> } {
  const { orm, broker, topology, log, commandTtlMs } = options;
  const send = (command: DeviceCommand) =>
    broker.publish(
      {
        exchange: topology.devices,
        routingKey: topology.commandKey(command.deviceId),
        messageId: command.commandId,
        type: command.type,
        headers: {},
        mandatory: true,
        // To take food out, or to say what a device is doing, is never too late.
        ...((command.type === 'START_JOB' || command.type === 'SET_FAULT') && { expiration: String(commandTtlMs) }),
      },
      command,
    );
  const poller = new Poller({
    name: 'device commands',
    intervalMs: RETRY_MS,
    log,
    async run() {
      const commands = await claimDue(options);
      const results = await Promise.allSettled(commands.map(send));
      const unsent = commands.filter((_command, index) => results[index]?.status === 'rejected');
      if (unsent.length > 0) await giveBack(orm, unsent);
      return commands.length === BATCH && unsent.length === 0;
    },
  });
  return { wake: () => poller.wake(), stop: () => poller.stop() };
}

async function claimDue({ orm, ackDeadlineMs, tries }: SenderOptions): Promise<DeviceCommand[]> {
  const rows = await orm.em.fork().execute<{ seq: string; body: DeviceCommand }[]>(
    `with due as (
       select command_id from device_commands where next_send_at <= now() and tries < ?
       order by seq limit ? for update skip locked)
     update device_commands c set tries = tries + 1, next_send_at = now() + ? * interval '1 millisecond'
     from due where c.command_id = due.command_id returning c.seq, c.body`,
    [tries, BATCH, ackDeadlineMs],
  );
  return rows.toSorted((a, b) => Number(a.seq) - Number(b.seq)).map(({ body }) => body);
}

/** The broker did not take them: that was no try. */
async function giveBack(orm: PostgresOrm, commands: readonly DeviceCommand[]): Promise<void> {
  await orm.em.fork().execute(
    `update device_commands set tries = tries - 1, next_send_at = now() + ? * interval '1 millisecond'
     where command_id = any(?::uuid[])`,
    [RETRY_MS, uuidArray(commands.map(({ commandId }) => commandId))],
  );
}
