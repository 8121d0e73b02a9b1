import type { DeviceCommand } from '@brigade/schema';
import { currentOrigin, type EntityManager } from '@brigade/service-kit';
import type { OrderHeader } from '../order/order-in-kitchen.ts';
import type { JobRecord } from './job-record.ts';
import { uuidArray } from './load-orders.ts';
import type { TicketRecord } from './ticket-record.ts';

/** Each of these writes any number of rows in one statement; none, none. */

export async function insertOrder(tx: EntityManager, orderId: string): Promise<void> {
  await tx.execute('insert into kitchen_orders (order_id, origin) values (?, ?::jsonb) on conflict do nothing', [
    orderId,
    JSON.stringify(currentOrigin()),
  ]);
}

export async function updateOrders(tx: EntityManager, headers: readonly OrderHeader[]): Promise<void> {
  if (headers.length === 0) return;
  await tx.execute(
    `update kitchen_orders o set customer_id = r."customerId", status = r.status, captured = r.captured
     from jsonb_to_recordset(?::jsonb) as r("orderId" uuid, "customerId" uuid, status text, captured boolean)
     where o.order_id = r."orderId"`,
    [JSON.stringify(headers)],
  );
}

export async function insertTickets(tx: EntityManager, records: readonly TicketRecord[]): Promise<void> {
  if (records.length === 0) return;
  await tx.execute('insert into tickets select * from jsonb_populate_recordset(null::tickets, ?::jsonb)', [
    JSON.stringify(records),
  ]);
}

export async function updateTickets(tx: EntityManager, records: readonly TicketRecord[]): Promise<void> {
  if (records.length === 0) return;
  await tx.execute(
    `update tickets t set status = r.status, steps = r.steps, step = r.step, attempts = r.attempts,
       station_kind = r.station_kind, device_id = r.device_id, job_id = r.job_id, avoid = r.avoid, reason = r.reason,
       queued_at = r.queued_at, started_at = r.started_at, ready_at = r.ready_at
     from jsonb_populate_recordset(null::tickets, ?::jsonb) r where t.id = r.id`,
    [JSON.stringify(records)],
  );
}

export async function insertJobs(tx: EntityManager, jobs: readonly JobRecord[]): Promise<void> {
  if (jobs.length === 0) return;
  await tx.execute('insert into jobs select * from jsonb_populate_recordset(null::jobs, ?::jsonb)', [
    JSON.stringify(jobs),
  ]);
}

/** @param accepted the boot of the device that accepted it, by job */
export async function acceptJobs(tx: EntityManager, accepted: ReadonlyMap<string, string>): Promise<void> {
  if (accepted.size === 0) return;
  await tx.execute(
    `update jobs j set boot_id = r.boot_id
     from jsonb_to_recordset(?::jsonb) as r(job_id uuid, boot_id uuid) where j.job_id = r.job_id`,
    [JSON.stringify([...accepted].map(([job_id, boot_id]) => ({ job_id, boot_id })))],
  );
}

export async function deleteJobs(tx: EntityManager, jobIds: ReadonlySet<string>): Promise<void> {
  if (jobIds.size === 0) return;
  await tx.execute('delete from jobs where job_id = any(?::uuid[])', [uuidArray(jobIds)]);
  // Whatever the device was still to be told about them is pointless now.
  await tx.execute('delete from device_commands where job_id = any(?::uuid[])', [uuidArray(jobIds)]);
}

export async function insertCommands(tx: EntityManager, commands: readonly DeviceCommand[]): Promise<void> {
  if (commands.length === 0) return;
  const rows = commands.map((body) => ({
    command_id: body.commandId,
    device_id: body.deviceId,
    job_id: 'jobId' in body ? body.jobId : null,
    type: body.type,
    body,
  }));
  await tx.execute(
    `insert into device_commands (command_id, device_id, job_id, type, body)
     select (r->>'command_id')::uuid, r->>'device_id', (r->>'job_id')::uuid, r->>'type', r->'body'
     from jsonb_array_elements(?::jsonb) with ordinality as rows(r, n) order by n`,
    [JSON.stringify(rows)],
  );
}

export async function deleteCommands(tx: EntityManager, commandIds: ReadonlySet<string>): Promise<void> {
  if (commandIds.size === 0) return;
  await tx.execute('delete from device_commands where command_id = any(?::uuid[])', [uuidArray(commandIds)]);
}
