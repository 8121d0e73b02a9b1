import type { Runtime } from '@brigade/service-kit/process';
import type { GraphQLFormattedError } from 'graphql';
import type { SignIdentity } from '../identity/sign-identity.ts';
import type { RouterMetrics } from '../observe/router-metrics.ts';
import type { OpenedEngine } from '../pipeline/open-engine.ts';
import type { Settings } from '../settings/settings.ts';
import { SubscriptionHub } from './subscription-hub.ts';
import { Subscriptions, backPressureOf } from './subscriptions.ts';
import { Upstream } from './upstream.ts';

export interface OpenSubscriptionsOptions extends Pick<OpenedEngine, 'engine' | 'urlOf' | 'subgraphs' | 'headersOf'> {
  readonly sign?: SignIdentity;
  readonly format: (error: GraphQLFormattedError) => GraphQLFormattedError;
  readonly metrics: RouterMetrics;
}

/** Opens subscriptions for the lanes that serve them; sockets to subgraphs are closed with the runtime's stack. */
export function openSubscriptions(
  runtime: Runtime,
  settings: Settings,
  { engine, urlOf, subgraphs, headersOf, sign, format, metrics }: OpenSubscriptionsOptions,
  upstreamOf = openUpstreams(runtime, settings, urlOf, sign),
): Subscriptions {
  const { backPressure, mostPerIdentity, mostWaitingBytes } = settings.subscriptions;
  const { log } = runtime;
  const dropped = (field: string) => metrics.droppedEvents.inc({ field });
  const hub = new SubscriptionHub({
    upstreamOf,
    subgraphs,
    headersOf: async (context) =>
      headersOf({ ...context, ...(sign && { signedIdentity: await sign(context.identity) }) }),
    format,
    backPressureOf: (field) => backPressureOf(backPressure, field),
    observer: {
      upstreams: (open) => metrics.upstreamSubscriptions.set(open),
      dropped,
      told: (field, lagSeconds) => metrics.eventLag.observe({ field }, lagSeconds),
      failed: (err) => log.error({ err }, 'an open subscription could not be planned anew'),
    },
  });
  engine.onReplaced(() => {
    void hub.replan(async (...asked) => engine.authorised(...asked));
  });
  const subscriptions = new Subscriptions({
    hub,
    backPressure,
    mostPerIdentity,
    mostWaitingBytes,
    observer: {
      open: (count) => metrics.openSubscriptions.set(count),
      dropped,
      delivered: (field) => metrics.deliveredEvents.labels({ field }),
      overflowed: (field) => metrics.slowConsumers.inc({ field }),
    },
  });
  runtime.metrics.onScrape(() => {
    for (const [state, { sum, most }] of Object.entries(subscriptions.backlogs.measure())) {
      metrics.clientBytes.set({ state }, sum);
      metrics.mostClientBytes.set({ state }, most);
    }
  });
  return subscriptions;
}

/** One socket to each subgraph that is subscribed to, opened when the first one is. */
function openUpstreams(
  { log, stack }: Runtime,
  { subgraphs: { identity, mostResponseBytes } }: Settings,
  urlOf: (subgraph: string) => string,
  sign: SignIdentity | undefined,
): (subgraph: string) => Upstream {
  const upstreams = new Map<string, Upstream>();
  stack.defer('subscriptions to subgraphs', async () => {
    await Promise.all([...upstreams.values()].map((upstream) => upstream.close()));
  });
  return (subgraph) => {
    // One that has moved gets a new socket; the old one is closed when its last subscription has left it.
    const url = urlOf(subgraph);
    const upstream =
      upstreams.get(url) ??
      new Upstream({
        subgraph,
        url,
        maxMessageBytes: mostResponseBytes,
        // The socket is the router's own; on whose behalf each subscription is comes with it.
        connectionParams: async () =>
          identity && sign ? { [identity.header]: await sign({ kind: 'anonymous' }) } : {},
        onTrouble: (err) => log.warn({ err, subgraph }, 'there is trouble with the socket to a subgraph'),
      });
    upstreams.set(url, upstream);
    return upstream;
  };
}
