import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceCommand, DeviceEvent } from '@brigade/schema';
import type { Connection } from 'rabbitmq-client';
import type { Arena } from '../arena/arena.ts';
import type { Sighting, ToldOrder } from '../load/told.ts';
import type { Databases } from './databases.ts';
import type { Evidence } from './evidence.ts';
import { queueDepths } from './queues.ts';

export interface KnownBefore {
  told: readonly ToldOrder[];
  seen: ReadonlyMap<string, readonly Sighting[]>;
  poison: readonly string[];
  /** On hand, reserved and consumed together, before the first order. */
  initialStock: ReadonlyMap<string, number>;
}

/** Reads everything that the checker looks at, but for what a rebuild shows. */
export async function gather(
  arena: Arena,
  databases: Databases,
  broker: Connection,
  { told, seen, poison, initialStock }: KnownBefore,
): Promise<Evidence> {
  return {
    told,
    seen,
    poison,
    orders: await readOrders(databases),
    ledger: jsonLines(join(arena.dataDir, 'payment-provider', 'ledger.jsonl')) as unknown as Evidence['ledger'],
    payments: (
      await databases.rows<{ order_id: string; status: string; captured_minor: number; refunded_minor: number }>(
        'payments',
        'select order_id, status, captured_minor, refunded_minor from payments',
      )
    ).map((row) => ({
      orderId: row.order_id,
      status: row.status,
      capturedMinor: row.captured_minor,
      refundedMinor: row.refunded_minor,
    })),
    stock: (await readStock(databases)).map(({ ingredientId, onHand, reserved, consumed }) => ({
      ingredientId,
      onHand,
      reserved,
      consumed,
      initial: initialStock.get(ingredientId) ?? 0,
    })),
    reservations: (
      await databases.rows<{
        order_id: string;
        status: string;
        needs: { ingredientId: string; quantity: number }[];
      }>('inventory', 'select order_id, status, needs from reservations')
    ).map(({ order_id: orderId, status, needs }) => ({ orderId, status, needs })),
    tickets: (
      await databases.rows<{ id: string; order_id: string; status: string }>(
        'kitchen',
        'select id, order_id, status from tickets',
      )
    ).map(({ id, order_id: orderId, status }) => ({ id, orderId, status })),
    jobs: readJobs(join(arena.dataDir, 'devices.jsonl')),
    outboxes: await databases.outboxes(),
    queues: await queueDepths(broker),
    deadLetters: (
      await databases.rows<{ consumer: string; message_id: string; reason: string }>(
        'platform',
        "select consumer, message_id, reason from dead_letters where status = 'WAITING'",
      )
    ).map(({ consumer, message_id: messageId, reason }) => ({ consumer, messageId, reason })),
  };
}

/**
 * Whether read models that are built anew from every event are those that stand there. It takes as long as there are
 * orders, so it is done once, for all of them.
 */
export const rebuiltIdentical = async (arena: Arena): Promise<boolean> =>
  (await arena.command('orders', 'rebuild')).includes('identical to');

/** Each ingredient's levels as they are now. */
export async function readStock(
  databases: Databases,
): Promise<{ ingredientId: string; onHand: number; reserved: number; consumed: number }[]> {
  const rows = await databases.rows<{ id: string; on_hand: string; reserved: string; consumed: string }>(
    'inventory',
    'select id, on_hand, reserved, consumed from ingredients',
  );
  return rows.map((row) => ({
    ingredientId: row.id,
    onHand: Number(row.on_hand),
    reserved: Number(row.reserved),
    consumed: Number(row.consumed),
  }));
}

async function readOrders(databases: Databases): Promise<Evidence['orders']> {
  const events = await databases.rows<{ stream_id: string; version: number; type: string; total: number | null }>(
    'orders',
    `select stream_id, version, type, (data->'total'->>'amountMinor')::int as total from events order by stream_id, version`,
  );
  const views = await databases.rows<{ id: string; status: string; version: number }>(
    'orders',
    'select id, status, version from order_views',
  );
  const keys = await databases.rows<{ order_id: string; key: string }>(
    'orders',
    'select order_id, key from idempotency_keys',
  );
  const streams = Map.groupBy(events, ({ stream_id }) => stream_id);
  const viewOf = new Map(views.map(({ id, status, version }) => [id, { status, version }]));
  const keysOf = Map.groupBy(keys, ({ order_id }) => order_id);
  const ids = new Set([...streams.keys(), ...viewOf.keys(), ...keysOf.keys()]);
  return [...ids].map((id) => {
    const view = viewOf.get(id);
    const stream = streams.get(id) ?? [];
    return {
      id,
      keys: (keysOf.get(id) ?? []).map(({ key }) => key),
      ...(view && { view }),
      totalMinor: stream[0]?.total ?? 0,
      events: stream.map(({ version, type }) => ({ version, type })),
    };
  });
}

function readJobs(file: string): Evidence['jobs'] {
  const begun: { jobId: string; ticketId: string; step: number }[] = [];
  const done: string[] = [];
  const accepted = new Set<string>();
  for (const { command, event } of jsonLines(file) as { command?: DeviceCommand; event?: DeviceEvent }[]) {
    if (command?.type === 'START_JOB')
      begun.push({ jobId: command.jobId, ticketId: command.ticketId, step: command.step });
    if (event?.type === 'COMMAND_ACCEPTED' && event.jobId) accepted.add(event.jobId);
    if (event?.type === 'JOB_DONE') done.push(event.jobId);
  }
  return { begun: begun.filter(({ jobId }) => accepted.has(jobId)), done };
}

/** The whole lines of a file that may have been cut short by a crash. */
function jsonLines(file: string): Record<string, unknown>[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return lines.filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>);
}
