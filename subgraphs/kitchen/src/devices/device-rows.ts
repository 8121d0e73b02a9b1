import type { DeviceEvent, FaultKind } from '@brigade/schema';
import type { EntityManager } from '@brigade/service-kit';

export type DeviceStatus = 'ONLINE' | 'FAULTY' | 'OFFLINE';

/** Takes in what a device says of itself. */
export async function learnDevice(
  tx: EntityManager,
  { deviceId, bootId, kind, slots, faults }: Extract<DeviceEvent, { type: 'ONLINE' }>,
): Promise<void> {
  await tx.execute(
    `insert into devices (id, kind, slots, boot_id, status, faults) values (?, ?, ?, ?, ?, ?::jsonb)
     on conflict (id) do update set kind = excluded.kind, slots = excluded.slots, boot_id = excluded.boot_id,
       faults = excluded.faults, status = excluded.status,
       status_changed_at = case when devices.status = excluded.status then devices.status_changed_at else now() end`,
    [deviceId, kind, slots, bootId, faults.length > 0 ? 'FAULTY' : 'ONLINE', JSON.stringify(faults)],
  );
}

export async function markDevice(
  tx: EntityManager,
  deviceId: string,
  status: DeviceStatus,
  fault?: FaultKind,
): Promise<void> {
  await tx.execute(
    `update devices set status = ?,
       faults = case when ?::text is null or faults @> to_jsonb(?::text) then faults else faults || to_jsonb(?::text) end,
       status_changed_at = case when status = ? then status_changed_at else now() end
     where id = ?`,
    [status, fault ?? null, fault ?? null, fault ?? null, status, deviceId],
  );
}

/** Whether the device works again it says itself, with ONLINE. */
export async function dropFault(tx: EntityManager, deviceId: string, fault: FaultKind): Promise<void> {
  await tx.execute('update devices set faults = faults - ?::text where id = ?', [fault, deviceId]);
}
