import type { DeviceCommand } from '@brigade/schema';
import type { PostgresOrm } from '@brigade/service-kit';
import { holdsLock } from '../use-cases/schedule-steps.ts';
import type { KitchenWork } from '../store/kitchen-work.ts';
import { uuidArray } from '../store/load-orders.ts';
import { markDevice, type DeviceStatus } from './device-rows.ts';
import type { Hearing } from './hearing.ts';

export interface DeviceLimits {
  /** A device that is not heard for so long counts as down, milliseconds. */
  silenceMs: number;
  /** A command that was sent so often, each time without an answer in time, is given up. */
  tries: number;
  /** Tickets wait so long for a kind of station of which none works, milliseconds. */
  noStationMs: number;
}

interface OverdueRow {
  command_id: string;
  device_id: string;
  job_id: string | null;
  type: DeviceCommand['type'];
}

/** Commands that were sent so often, and whose last answer is overdue. */
const OVERDUE = 'from device_commands where tries >= ? and next_send_at <= now()';

/** Whether there are commands that were sent often enough, and whose last answer is overdue. */
export async function hasUnanswered(orm: PostgresOrm, tries: number): Promise<boolean> {
  const rows = await orm.em.fork().execute<unknown[]>(`select 1 ${OVERDUE} limit 1`, [tries]);
  return rows.length > 0;
}

/**
 * What time brings about: silent devices, commands without answer, tickets that no station is left for.
 * @param limits `mayGiveUp`: commands whose answer is overdue are given up; only when all that devices have said is heard
 */
export async function upkeep(
  work: KitchenWork,
  hearing: Hearing,
  limits: DeviceLimits & { mayGiveUp: boolean },
): Promise<void> {
  if (!(await holdsLock(work))) return;
  const { tx } = work;
  const devices = await tx.execute<{ id: string; status: DeviceStatus }[]>('select id, status from devices');
  const overdue = limits.mayGiveUp
    ? await tx.execute<OverdueRow[]>(`select command_id, device_id, job_id, type ${OVERDUE}`, [limits.tries])
    : [];
  const down = new Set([
    ...devices
      .filter(({ id, status }) => status === 'ONLINE' && hearing.isSilent(id, limits.silenceMs))
      .map((d) => d.id),
    ...overdue.filter(({ type }) => type === 'START_JOB').map(({ device_id }) => device_id),
  ]);
  await takeDown(work, down);
  await giveUp(work, overdue);
  await failWithoutStation(work, limits.noStationMs);
  const fine = new Set(devices.filter(({ status }) => status !== 'OFFLINE').map(({ id }) => id));
  await askForReports(
    work,
    hearing.heard(limits.silenceMs / 2).filter((id) => !fine.has(id)),
  );
}

/** A device that is down keeps nothing: every step that it has is called back. */
async function takeDown(work: KitchenWork, deviceIds: ReadonlySet<string>): Promise<void> {
  if (deviceIds.size === 0) return;
  for (const id of deviceIds) await markDevice(work.tx, id, 'OFFLINE');
  const jobs = await work.tx.execute<{ job_id: string; order_id: string }[]>(
    'select job_id, order_id from jobs where device_id in (select jsonb_array_elements_text(?::jsonb))',
    [JSON.stringify([...deviceIds])],
  );
  await work.lockOrders(jobs.map(({ order_id }) => order_id));
  for (const { job_id } of jobs) work.recall(job_id);
}

/** START_JOB without answer was called back above; a STOP_JOB without answer means that the job is lost. */
async function giveUp(work: KitchenWork, overdue: readonly OverdueRow[]): Promise<void> {
  const stops = overdue.filter(({ type }) => type === 'STOP_JOB').flatMap(({ job_id }) => (job_id ? [job_id] : []));
  const orders = await work.tx.execute<{ order_id: string }[]>(
    'select distinct order_id from jobs where job_id = any(?::uuid[])',
    [uuidArray(stops)],
  );
  await work.lockOrders(orders.map(({ order_id }) => order_id));
  for (const jobId of stops) work.noteLoss(jobId, 'DEVICE_DOWN');
  for (const { command_id } of overdue) work.answered(command_id);
}

async function failWithoutStation(work: KitchenWork, graceMs: number): Promise<void> {
  const rows = await work.tx.execute<{ order_id: string; station_kind: string }[]>(
    `select distinct on (t.order_id) t.order_id, t.station_kind from tickets t
     where t.status = 'QUEUED' and t.queued_at < now() - ? * interval '1 millisecond'
       and not exists (
         select 1 from devices d where d.kind = t.station_kind
           and (d.status = 'ONLINE' or d.status_changed_at > now() - ? * interval '1 millisecond'))
     limit 500`,
    [graceMs, graceMs],
  );
  await work.lockOrders(rows.map(({ order_id }) => order_id));
  for (const { order_id, station_kind } of rows) {
    work.orders.get(order_id)?.fail(`NO_STATION: every ${station_kind} is down`, work.now);
  }
}

/** Asks devices what they are, unless the question is already on its way. */
export async function askForReports(work: KitchenWork, deviceIds: readonly string[]): Promise<void> {
  if (deviceIds.length === 0) return;
  const asked = await work.tx.execute<{ device_id: string }[]>(
    "select device_id from device_commands where type = 'REPORT'",
  );
  const pending = new Set(asked.map(({ device_id }) => device_id));
  for (const deviceId of deviceIds) if (!pending.has(deviceId)) work.tell({ type: 'REPORT', deviceId });
}
