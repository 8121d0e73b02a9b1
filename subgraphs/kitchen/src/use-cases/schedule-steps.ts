import type { StationKind } from '@brigade/schema';
import type { KitchenWork } from '../store/kitchen-work.ts';
import { chooseDevices, type DeviceLoad } from '../scheduling/choose-devices.ts';

/** One kitchen at a time gives out slots; any constant will do, advisory locks are per database. */
const SCHEDULER_LOCK = 7_366_101;

interface QueuedRow {
  id: string;
  order_id: string;
  station_kind: StationKind;
  avoid: string | null;
}

/**
 * Gives free slots to queued steps, as many as there are, in one transaction: the claim of a slot and the command to
 * its device commit together.
 * @returns how many steps were given out
 */
export async function scheduleSteps(work: KitchenWork): Promise<number> {
  const { tx } = work;
  if (!(await holdsLock(work))) return 0;
  const devices = await tx.execute<(DeviceLoad & { boot_id: string })[]>(
    `select d.id, d.kind, d.slots, d.boot_id, (select count(*)::int from jobs j where j.device_id = d.id) as busy
     from devices d where d.status = 'ONLINE' order by d.id`,
  );
  const free = Map.groupBy(devices, ({ kind }) => kind);
  const wanted = [...free].map(([kind, those]) => ({
    kind,
    free: those.reduce((sum, { slots, busy }) => sum + Math.max(0, slots - busy), 0),
  }));
  if (wanted.every((kind) => kind.free === 0)) return 0;
  const queue = await tx.execute<QueuedRow[]>(
    `select t.id, t.order_id, t.station_kind, t.avoid
     from jsonb_to_recordset(?::jsonb) as k(kind text, free int), lateral (
       select * from tickets where status = 'QUEUED' and station_kind = k.kind order by queued_at, id limit k.free
     ) t order by t.queued_at, t.id`,
    [JSON.stringify(wanted)],
  );
  if (queue.length === 0) return 0;
  const orderOf = new Map(queue.map(({ id, order_id }) => [id, order_id]));
  await work.lockOrders(orderOf.values(), 'skip locked');
  const mayGo = queue.filter(({ order_id }) => work.orders.has(order_id));
  const assignments = chooseDevices(
    mayGo.map(({ id, station_kind, avoid }) => ({ ticketId: id, kind: station_kind, avoid })),
    devices,
  );
  const bootOf = new Map(devices.map(({ id, boot_id }) => [id, boot_id]));
  for (const { ticketId, deviceId } of assignments) {
    const device = { deviceId, bootId: bootOf.get(deviceId) ?? '' };
    work.assign(orderOf.get(ticketId) ?? '', ticketId, device);
  }
  return assignments.length;
}

/** For the length of the transaction. */
export async function holdsLock({ tx }: KitchenWork): Promise<boolean> {
  const [lock] = await tx.execute<{ held: boolean }[]>('select pg_try_advisory_xact_lock(?) as held', [SCHEDULER_LOCK]);
  return lock?.held ?? false;
}
