import type { SubgraphParts } from '@brigade/service-kit';
import type { KitchenDeps } from '../deps.ts';
import { Order } from './ticket.type.ts';
import { StationJobResolver, StationResolver } from './station.resolver.ts';
import { stationLoader } from './station.loader.ts';
import { stationTelemetryResolver } from './station-telemetry.resolver.ts';
import { ticketById } from './ticket.loader.ts';
import { ticketChangedResolver } from './ticket-changed.resolver.ts';
import { TicketHistoryResolver } from './ticket-history.resolver.ts';
import { OrderTicketsResolver, TicketResolver } from './ticket.resolver.ts';
import { ticketsChangedResolver } from './tickets-changed.resolver.ts';

/** This subgraph's part of the supergraph. */
export const kitchenSchema = (deps: KitchenDeps): SubgraphParts => ({
  resolvers: [
    StationResolver,
    StationJobResolver,
    TicketResolver,
    TicketHistoryResolver,
    OrderTicketsResolver,
    stationTelemetryResolver(deps),
    ticketChangedResolver(deps),
    ticketsChangedResolver(deps),
  ],
  orphanedTypes: [Order],
  container: { get: (resolver: new (deps: KitchenDeps) => object) => new resolver(deps) },
  references: {
    Station: async ({ id }: { id: string }, context) => stationLoader(context, deps).load(id),
    Ticket: async ({ id }: { id: string }, context) => ticketById(context, deps).load(id),
    Order: async ({ id }: { id: string }) => ({ id }),
  },
});
