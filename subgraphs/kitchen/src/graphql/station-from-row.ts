import type { Telemetry } from '@brigade/schema';
import type { DeviceRow } from '../store/entities.ts';
import type { Station, StationTelemetry } from './station.type.ts';

export const telemetryForApi = ({
  deviceId,
  bootId: _bootId,
  kind: _kind,
  at,
  ...reading
}: Telemetry): StationTelemetry => ({
  ...reading,
  stationId: deviceId,
  at: new Date(at),
});

/** The API's station from its row, the slots that are taken and its latest reading. */
export function stationFromRow(row: DeviceRow, busy: number, latest: Telemetry | undefined): Station {
  return {
    id: row.id,
    kind: row.kind as Station['kind'],
    name: nameOf(row.id),
    capacity: row.slots,
    status: row.status as Station['status'],
    busy,
    temperature: latest?.temperature ?? null,
    setPoint: latest?.setPoint ?? null,
    faults: row.faults,
    telemetry: latest ? telemetryForApi(latest) : null,
  };
}

/** `oven-1` is "Oven 1". */
const nameOf = (id: string): string => {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
