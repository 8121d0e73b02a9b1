import type { EventBus, PostgresOrm } from '@brigade/service-kit';
import type { TicketHistory } from './live/ticket-history.ts';
import type { KitchenWork } from './store/kitchen-work.ts';
import type { JobTickets } from './telemetry/job-tickets.ts';
import type { LatestTelemetry } from './telemetry/latest-telemetry.ts';
import type { TelemetryHistory } from './telemetry/telemetry-history.ts';

/** What resolvers work with. */
export interface KitchenDeps {
  orm: PostgresOrm;
  bus: EventBus;
  telemetry: LatestTelemetry;
  telemetryHistory: TelemetryHistory;
  jobTickets: JobTickets;
  ticketHistory: TicketHistory;
  /** Does something in the kitchen, in one transaction. */
  work<T>(task: (work: KitchenWork) => Promise<T>): Promise<T>;
}
