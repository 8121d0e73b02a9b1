import { durationBuckets, type Metrics } from '@brigade/service-kit/process';
import { Counter, Gauge, Histogram } from 'prom-client';

export type RouterMetrics = ReturnType<typeof createRouterMetrics>;

/** What only a router has to tell, beside what every service does. */
export function createRouterMetrics({ registry }: Pick<Metrics, 'registry'>) {
  const registers = [registry];
  return {
    fetchDuration: new Histogram({
      name: 'router_fetch_duration_seconds',
      help: 'Duration of requests to subgraphs by outcome (ok, errors, unreachable, timeout, invalid)',
      labelNames: ['subgraph', 'outcome'],
      buckets: durationBuckets,
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
    fallbacks: new Counter({
      name: 'router_compile_fallbacks_total',
      help: "Operations that could not be compiled and run on @apollo/gateway's own executor",
      registers,
    }),
  };
}
