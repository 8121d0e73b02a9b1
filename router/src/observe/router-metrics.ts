import { HotHistogram, durationBuckets, type Metrics } from '@brigade/service-kit/process';
import { Counter, Gauge, Histogram } from 'prom-client';

export type RouterMetrics = ReturnType<typeof createRouterMetrics>;

/** What only a router has to tell, beside what every service does. */
export function createRouterMetrics({ registry }: Pick<Metrics, 'registry'>) {
  const registers = [registry];
  return {
    stageDuration: new HotHistogram<'stage'>({
      name: 'router_stage_duration_seconds',
      help: 'How long requests are in each stage of the pipeline; those that are refused end in the one that refused them',
      labelNames: ['stage'],
      buckets: [0.000_01, 0.000_1, 0.001, ...durationBuckets],
      registers,
    }),
    fetchDuration: new HotHistogram({
      name: 'router_fetch_duration_seconds',
      help: 'Duration of requests to subgraphs by outcome (ok, errors, unreachable, timeout, invalid, refused)',
      labelNames: ['subgraph', 'outcome'],
      buckets: durationBuckets,
      registers,
    }),
    sharedFetches: new Counter({
      name: 'router_shared_fetches_total',
      help: 'Requests that were not sent, because the same one of the same identity was under way to the subgraph',
      labelNames: ['subgraph'],
      registers,
    }),
    retries: new Counter({
      name: 'router_fetch_retries_total',
      help: 'Requests to subgraphs that were sent again because a connection failed',
      labelNames: ['subgraph'],
      registers,
    }),
    breakerState: new Gauge({
      name: 'router_breaker_state',
      help: '1 for the state that the circuit breaker of a subgraph is in (closed, half-open, open)',
      labelNames: ['subgraph', 'state'],
      registers,
    }),
    operationCost: new HotHistogram({
      name: 'router_operation_cost',
      help: 'Cost of operations, as estimated before and as counted after their execution',
      labelNames: ['kind'],
      buckets: [1, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000],
      registers,
    }),
    rateLimited: new Counter({
      name: 'router_rate_limited_total',
      help: 'Requests that were refused by a rate limit (address, user, or the coordinate of a field)',
      labelNames: ['limit'],
      registers,
    }),
    sharedQueries: new Counter({
      name: 'router_shared_queries_total',
      help: 'Queries that were answered by an equal one that was under way',
      registers,
    }),
    unlistedOperations: new Counter({
      name: 'router_unlisted_operations_total',
      help: 'Operations that are not in the safelist and were planned all the same',
      registers,
    }),
    plans: new Counter({
      name: 'router_plans_total',
      help: 'Operations by where their plan came from (kept, planned)',
      labelNames: ['source'],
      registers,
    }),
    planDuration: new Histogram({
      name: 'router_planning_duration_seconds',
      help: 'Time from asking for a plan to having it, waiting for other plans included',
      buckets: durationBuckets,
      registers,
    }),
    supergraphLoads: new Counter({
      name: 'router_supergraph_loads_total',
      help: 'New supergraphs by what became of them (loaded, refused)',
      labelNames: ['outcome'],
      registers,
    }),
    openSubscriptions: new Gauge({
      name: 'router_open_subscriptions',
      help: 'Subscriptions of clients that are open',
      registers,
    }),
    upstreamSubscriptions: new Gauge({
      name: 'router_upstream_subscriptions',
      help: 'Subscriptions to subgraphs that are open; clients that ask for the same share one',
      registers,
    }),
    eventLag: new Histogram({
      name: 'router_event_lag_seconds',
      help: 'Time from the arrival of an event from its subgraph to when it had been given to every client or its queue',
      labelNames: ['field'],
      buckets: [0.001, ...durationBuckets],
      registers,
    }),
    deliveredEvents: new Counter({
      name: 'router_delivered_events_total',
      help: 'Events that were written to clients: one for each client',
      labelNames: ['field'],
      registers,
    }),
    clientBytes: new Gauge({
      name: 'router_client_bytes',
      help: 'Bytes that are on their way to clients (sending) or wait for them to read (waiting), over all connections',
      labelNames: ['state'],
      registers,
    }),
    mostClientBytes: new Gauge({
      name: 'router_client_bytes_most',
      help: 'As router_client_bytes, of the one connection that has most',
      labelNames: ['state'],
      registers,
    }),
    droppedEvents: new Counter({
      name: 'router_dropped_events_total',
      help: 'Events that were replaced by newer ones before a client or the router could take them',
      labelNames: ['field'],
      registers,
    }),
    slowConsumers: new Counter({
      name: 'router_slow_consumers_total',
      help: 'Subscriptions that were ended because too many events waited for their client',
      labelNames: ['field'],
      registers,
    }),
  };
}
