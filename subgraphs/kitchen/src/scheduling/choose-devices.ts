import type { StationKind } from '@brigade/schema';

export interface DeviceLoad {
  id: string;
  kind: StationKind;
  slots: number;
  /** Slots that are taken. */
  busy: number;
}

export interface QueuedStep {
  ticketId: string;
  kind: StationKind;
  /** The device that lost this step last. */
  avoid: string | null;
}

export interface Assignment {
  ticketId: string;
  deviceId: string;
}

/**
 * First come, first served: each step in its turn goes to the least loaded device of its kind with a free slot. A
 * device that just lost the step gets it again only when no other of the kind works.
 * @param devices those that work, and no others
 */
export function chooseDevices(queue: readonly QueuedStep[], devices: readonly DeviceLoad[]): Assignment[] {
  const byKind = Map.groupBy(
    devices.map((device) => ({ ...device })),
    ({ kind }) => kind,
  );
  const assignments: Assignment[] = [];
  for (const { ticketId, kind, avoid } of queue) {
    const working = byKind.get(kind) ?? [];
    const others = working.filter(({ id }) => id !== avoid);
    const chosen = (others.length > 0 ? others : working)
      .filter(({ busy, slots }) => busy < slots)
      .reduce<DeviceLoad | undefined>(
        (best, device) => (best && load(best) <= load(device) ? best : device),
        undefined,
      );
    if (!chosen) continue;
    chosen.busy += 1;
    assignments.push({ ticketId, deviceId: chosen.id });
  }
  return assignments;
}

const load = ({ busy, slots }: DeviceLoad): number => busy / slots;
