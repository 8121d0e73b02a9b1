import type { RequestContext } from '@brigade/service-kit';
import type { KitchenDeps } from '../deps.ts';
import { stationLoader } from './station.loader.ts';
import { ticketsByOrder } from './ticket.loader.ts';

/**
 * A subscription's context lives as long as it does: what its loaders know is of the last update, and would become ever
 * more.
 */
export function forgetSeen(context: RequestContext, deps: KitchenDeps): void {
  stationLoader(context, deps).clearAll();
  ticketsByOrder(context, deps).clearAll();
}
