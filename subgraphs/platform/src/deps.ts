import type { Broker, PostgresMessageStore, PostgresOrm } from '@brigade/service-kit';
import type { DiningRoomDeps } from './dining-room/open-dining-room.ts';
import type { SystemSampler } from './system/system-sampler.ts';

/** What use cases and the command line work with. */
export interface PlatformDeps {
  orm: PostgresOrm;
  store: PostgresMessageStore;
  broker: Broker;
  /** Called when there is something to redrive: a hint, the poller looks by itself too. */
  wakeRedrive: () => void;
}

/** What resolvers work with besides. */
export interface PlatformApi extends PlatformDeps {
  system: SystemSampler;
  diningRoom: DiningRoomDeps;
}
