import type { DeviceEvent } from '@brigade/schema';
import { isLost } from '../ticket/is-lost.ts';
import { uuidArray } from '../store/load-orders.ts';
import type { KitchenWork } from '../store/kitchen-work.ts';
import { markDevice, learnDevice, dropFault } from './device-rows.ts';

/** Takes in what devices say, in the order in which they said it; what was heard before (by event id) not again. */
export async function takeEvents(work: KitchenWork, events: readonly DeviceEvent[]): Promise<void> {
  const fresh = await firstHeard(work, events);
  await lockOrdersOf(work, fresh);
  for (const event of fresh) await takeEvent(work, event);
}

async function firstHeard({ tx }: KitchenWork, events: readonly DeviceEvent[]): Promise<DeviceEvent[]> {
  const rows = await tx.execute<{ message_id: string }[]>(
    'insert into inbox (message_id) select unnest(?::uuid[]) on conflict do nothing returning message_id',
    [uuidArray(new Set(events.map(({ eventId }) => eventId)))],
  );
  const unheard = new Set(rows.map(({ message_id }) => message_id));
  return events.filter(({ eventId }) => unheard.delete(eventId));
}

/** The orders of every job that is spoken of, and of all jobs of a device that tells what it still has. */
async function lockOrdersOf(work: KitchenWork, events: readonly DeviceEvent[]): Promise<void> {
  const jobIds = events.flatMap((event) => ('jobId' in event && event.jobId ? [event.jobId] : []));
  const reporting = events.filter(({ type }) => type === 'ONLINE').map(({ deviceId }) => deviceId);
  if (jobIds.length === 0 && reporting.length === 0) return;
  const rows = await work.tx.execute<{ order_id: string }[]>(
    `select distinct order_id from jobs where job_id = any(?::uuid[])
       or device_id in (select jsonb_array_elements_text(?::jsonb))`,
    [uuidArray(jobIds), JSON.stringify(reporting)],
  );
  await work.lockOrders(rows.map(({ order_id }) => order_id));
}

async function takeEvent(work: KitchenWork, event: DeviceEvent): Promise<void> {
  const { deviceId, bootId } = event;
  switch (event.type) {
    case 'ONLINE':
      await learnDevice(work.tx, event);
      takeReport(work, event);
      return;
    case 'COMMAND_ACCEPTED':
      work.answered(event.commandId);
      // Of a STOP_JOB this says nothing new: the job's own end is told before.
      if (event.jobId) work.noteStart(event.jobId, bootId);
      return;
    case 'COMMAND_REFUSED':
      work.answered(event.commandId);
      if (event.reason === 'FAULTY') await markDevice(work.tx, deviceId, 'FAULTY');
      if (event.reason === 'WRONG_DEVICE') await markDevice(work.tx, deviceId, 'OFFLINE');
      // A job that was meant for the boot before was not tried.
      if (event.jobId) work.noteLoss(event.jobId, event.reason, event.reason !== 'RESTARTED');
      return;
    case 'JOB_DONE':
      work.noteDone(event.jobId);
      return;
    case 'JOB_STOPPED':
      work.noteLoss(event.jobId, 'STOPPED');
      return;
    case 'JOB_FAILED':
      work.noteLoss(event.jobId, event.reason);
      return;
    case 'FAULT_RAISED':
      await markDevice(work.tx, deviceId, 'FAULTY', event.fault);
      return;
    case 'FAULT_CLEARED':
      await dropFault(work.tx, deviceId, event.fault);
      return;
    default:
      return event satisfies never;
  }
}

/** Compares what the device is cooking with what it should be. */
function takeReport(work: KitchenWork, { deviceId, bootId, jobIds }: Extract<DeviceEvent, { type: 'ONLINE' }>): void {
  for (const job of work.jobs.values()) {
    if (job.device_id !== deviceId) continue;
    if (isLost({ jobId: job.job_id, acceptedBy: job.boot_id }, { bootId, jobIds })) {
      work.noteLoss(job.job_id, job.boot_id === bootId ? 'FORGOTTEN' : 'DEVICE_RESTARTED');
    }
  }
  for (const jobId of jobIds) if (!work.jobs.has(jobId)) work.tell({ type: 'STOP_JOB', deviceId, jobId });
}
