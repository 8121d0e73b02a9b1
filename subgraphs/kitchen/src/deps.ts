import type { EventBus, PostgresOrm } from '@brigade/service-kit';
import type { KitchenWork } from './store/kitchen-work.ts';
import type { LatestTelemetry } from './telemetry/latest-telemetry.ts';

/** What resolvers work with. */
export interface KitchenDeps {
  orm: PostgresOrm;
  bus: EventBus;
  telemetry: LatestTelemetry;
  /** Does something in the kitchen, in one transaction. */
  work<T>(task: (work: KitchenWork) => Promise<T>): Promise<T>;
}
