import { text } from '@brigade/schema';
import type { RequestContext } from '@brigade/service-kit';
import DataLoader from 'dataloader';
import type { KitchenDeps } from '../deps.ts';
import { DeviceSchema } from '../store/entities.ts';
import { stationFromRow } from './station-from-row.ts';
import type { Station } from './station.type.ts';

const key = Symbol('stations');
/** An id that the store could not even look for is no station's. */
const stationId = text({ max: 60 });
const isText = (id: string): boolean => stationId.safeParse(id).success;

/** The named stations, or all, in the order of their ids. */
export async function readStations(deps: KitchenDeps, ids?: readonly string[]): Promise<Station[]> {
  const em = deps.orm.em.fork();
  const rows = await em.find(DeviceSchema, ids ? { id: { $in: [...ids] } } : {}, { orderBy: { id: 'asc' } });
  const busy = await em.execute<{ device_id: string; busy: number }[]>(
    'select device_id, count(*)::int as busy from jobs group by device_id',
  );
  const taken = new Map(busy.map((row) => [row.device_id, row.busy]));
  return rows.map((row) => stationFromRow(row, taken.get(row.id) ?? 0, deps.telemetry.get(row.id)));
}

/** Stations by id, in one query a request. */
export const stationLoader = (context: RequestContext, deps: KitchenDeps): DataLoader<string, Station | null> =>
  context.once(
    key,
    () =>
      new DataLoader(async (ids: readonly string[]) => {
        const byId = new Map((await readStations(deps, ids.filter(isText))).map((station) => [station.id, station]));
        return ids.map((id) => byId.get(id) ?? null);
      }),
  );
