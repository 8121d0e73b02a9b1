import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { HotHistogram } from './hot-histogram.ts';

/** Edges at the service level objectives that the dashboards speak of: 0.05, 0.1, 0.2, 0.5 and 1 s. */
export const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10];

let processRegistry: Registry | undefined;

/** Event-loop lag, memory, CPU and handles: once a process, however many services it hosts. */
function processMetrics(): Registry {
  if (!processRegistry) {
    processRegistry = new Registry();
    collectDefaultMetrics({ register: processRegistry, eventLoopMonitoringPrecision: 20 });
  }
  return processRegistry;
}

export type Metrics = ReturnType<typeof createMetrics>;

/** The RED metrics (rate, errors, duration) that each service has, and the registry for its own. */
export function createMetrics(service: string) {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  const registers = [registry];
  const beforeScrape: (() => void)[] = [];
  return {
    registry,
    /** Calls back before each scrape: for gauges whose value is looked up, not counted. */
    onScrape(callback: () => void): void {
      beforeScrape.push(callback);
    },
    graphqlDuration: new HotHistogram({
      name: 'graphql_operation_duration_seconds',
      help: 'Duration of GraphQL operations by name, type and outcome (ok, or the first error code)',
      labelNames: ['operation', 'type', 'outcome'],
      buckets: durationBuckets,
      registers,
    }),
    messageDuration: new Histogram({
      name: 'message_processing_duration_seconds',
      help: 'Duration of handling a message by name and outcome (ok, duplicate, retry, dead)',
      labelNames: ['message', 'outcome'],
      buckets: durationBuckets,
      registers,
    }),
    messageLag: new Histogram({
      name: 'message_delivery_lag_seconds',
      help: 'Time from when a message occurred to when its handling began',
      labelNames: ['message'],
      buckets: [...durationBuckets, 30, 60, 300],
      registers,
    }),
    messagesPublished: new Counter({
      name: 'messages_published_total',
      help: 'Messages that the broker confirmed',
      labelNames: ['message'],
      registers,
    }),
    messagesInFlight: new Gauge({ name: 'messages_in_flight', help: 'Messages being handled now', registers }),
    outboxDepth: new Gauge({ name: 'outbox_messages', help: 'Messages in the outbox, not yet confirmed', registers }),
    outboxAge: new Gauge({
      name: 'outbox_oldest_age_seconds',
      help: 'Age of the oldest message in the outbox',
      registers,
    }),
    queueDepth: new Gauge({
      name: 'queue_messages',
      help: 'Messages ready in the queues of this service (work, dead)',
      labelNames: ['queue'],
      registers,
    }),
    poolConnections: new Gauge({
      name: 'db_pool_connections',
      help: 'Connections of the database pool by state (total, idle, waiting)',
      labelNames: ['state'],
      registers,
    }),
    cacheRequests: new Counter({
      name: 'cache_requests_total',
      help: 'Look-ups in the Redis cache by outcome (hit, miss, unavailable)',
      labelNames: ['cache', 'outcome'],
      registers,
    }),
    /** The text that Prometheus scrapes: this service's metrics and the process's. */
    async text(): Promise<string> {
      for (const callback of beforeScrape) callback();
      // One after the other: a merged registry would drop the label of the service.
      return (await registry.metrics()) + (await processMetrics().metrics());
    },
  };
}
