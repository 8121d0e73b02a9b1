import type { RequestContext } from '@brigade/service-kit';
import DataLoader from 'dataloader';
import type { KitchenDeps } from '../deps.ts';
import type { HistoryWindow } from '../telemetry/slices.ts';
import type { KeptReading } from '../telemetry/kept-reading.ts';
import type { StationTelemetry } from './station.type.ts';

const key = Symbol('station histories');

interface Wanted extends HistoryWindow {
  readonly stationId: string;
}

const keyOf = ({ stationId, from, to, points }: Wanted): string => `${from} ${to} ${points} ${stationId}`;

/** Histories of all stations of a request, in one round trip. */
export const stationHistoryLoader = (
  context: RequestContext,
  { telemetryHistory }: KitchenDeps,
): DataLoader<Wanted, StationTelemetry[], string> =>
  context.once(
    key,
    () =>
      new DataLoader(
        async (wanted: readonly Wanted[]) => {
          const histories = await telemetryHistory.read(wanted.map((one) => ({ ...one, deviceId: one.stationId })));
          return wanted.map(({ stationId }, index) => (histories[index] ?? []).map((one) => forApi(stationId, one)));
        },
        { cacheKeyFn: keyOf },
      ),
  );

const forApi = (stationId: string, { jobs, at, ...reading }: KeptReading): StationTelemetry => ({
  ...reading,
  stationId,
  at: new Date(at),
  jobs: jobs.map(({ ticketId, ...job }) => ({ ...job, knownTicketId: ticketId })),
});
