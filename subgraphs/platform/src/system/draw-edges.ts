import { routing } from '@brigade/schema';
import { TRANSACTIONS } from './database-transactions.ts';
import type { Sample } from './prometheus-text.ts';
import { named, perSecond, type Look, type Select } from './rates.ts';
import type { Watched } from './watched.ts';

export type Traffic = 'REQUESTS' | 'MESSAGES' | 'TRANSACTIONS' | 'COMMANDS' | 'TELEMETRY';

export interface PictureEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly traffic: Traffic;
  /** 0 where nobody counts. */
  readonly perSecond: number;
  readonly errorsPerSecond: number;
  readonly isCounted: boolean;
}

/** The servers behind the processes, by the name that health reports have for them. */
export const servers = {
  rabbitmq: { id: 'rabbitmq', name: 'RabbitMQ', kind: 'BROKER' },
  postgres: { id: 'postgres', name: 'PostgreSQL', kind: 'STORE' },
  redis: { id: 'redis', name: 'Redis', kind: 'STORE' },
  mongodb: { id: 'mongo', name: 'MongoDB', kind: 'STORE' },
} as const;

export const CLIENTS = 'clients';
const BROKER = servers.rabbitmq.id;

/** Whether what was counted went wrong, by the label that all of Brigade's histograms have. */
export const hasFailed = ({ labels: { outcome = 'ok' } }: Sample): boolean =>
  outcome !== 'ok' && outcome !== 'duplicate';

export const operations = named('graphql_operation_duration_seconds_count');
export const messages = named('message_processing_duration_seconds_count');

interface Way {
  readonly from: string;
  readonly to: string;
  readonly traffic: Traffic;
}

/** Everything that goes between: the ways are those that the processes' reports and contracts tell, whether used or not. */
export function drawEdges(watched: readonly Watched[], transactions: readonly Look[]): PictureEdge[] {
  return watched.flatMap((one) => {
    switch (one.target.kind) {
      case 'ROUTER':
        return [...fromRouter(one, watched), ...toStores(one, transactions)];
      case 'SUBGRAPH':
        return [...throughBroker(one), ...toProvider(one, watched), ...toStores(one, transactions)];
      case 'DEVICE':
        return ofDevice(one);
      case 'PROVIDER':
        return [];
    }
  });
}

function fromRouter({ target: { id }, looks }: Watched, watched: readonly Watched[]): PictureEdge[] {
  const subgraphs = watched.filter(({ target }) => target.kind === 'SUBGRAPH');
  return [
    edge({ from: CLIENTS, to: id, traffic: 'REQUESTS' }, looks, operations),
    ...subgraphs.map(({ target }) =>
      edge(
        { from: id, to: target.id, traffic: 'REQUESTS' },
        looks,
        named('router_fetch_duration_seconds_count', { subgraph: target.id }),
      ),
    ),
  ];
}

function throughBroker({ target: { id }, looks, dependencies }: Watched): PictureEdge[] {
  if (!dependencies.rabbitmq) return [];
  const out = edge({ from: id, to: BROKER, traffic: 'MESSAGES' }, looks, named('messages_published_total'));
  return id in routing ? [out, edge({ from: BROKER, to: id, traffic: 'MESSAGES' }, looks, messages)] : [out];
}

function ofDevice({ target: { id }, looks, dependencies }: Watched): PictureEdge[] {
  if (!dependencies.rabbitmq) return [];
  return [
    edge({ from: id, to: BROKER, traffic: 'TELEMETRY' }, looks, named('telemetry_sent_total')),
    edge({ from: id, to: BROKER, traffic: 'MESSAGES' }, looks, named('messages_published_total')),
    edge({ from: BROKER, to: id, traffic: 'COMMANDS' }, looks, messages),
  ];
}

function toProvider({ target: { id }, looks }: Watched, watched: readonly Watched[]): PictureEdge[] {
  if (id !== 'payments') return [];
  return watched
    .filter(({ target }) => target.kind === 'PROVIDER')
    .map(({ target }) =>
      edge({ from: id, to: target.id, traffic: 'REQUESTS' }, looks, named('payment_provider_duration_seconds_count')),
    );
}

function toStores({ target: { id }, looks, dependencies }: Watched, transactions: readonly Look[]): PictureEdge[] {
  const to = { postgres: servers.postgres.id, redis: servers.redis.id, mongodb: servers.mongodb.id };
  return [
    ...(dependencies.postgres
      ? [
          edge(
            { from: id, to: to.postgres, traffic: 'TRANSACTIONS' },
            transactions,
            named(TRANSACTIONS, { service: id }),
            isRolledBack,
          ),
        ]
      : []),
    ...(dependencies.redis
      ? [edge({ from: id, to: to.redis, traffic: 'COMMANDS' }, looks, named('cache_requests_total'), isUnavailable)]
      : []),
    // Nobody counts these.
    ...(dependencies.mongodb ? [edge({ from: id, to: to.mongodb, traffic: 'COMMANDS' }, [], () => false)] : []),
  ];
}

const isRolledBack: Select = ({ labels }) => labels.outcome === 'rollback';
const isUnavailable: Select = ({ labels }) => labels.outcome === 'unavailable';

function edge(way: Way, looks: readonly Look[], counted: Select, failed: Select = hasFailed): PictureEdge {
  const { from, to, traffic } = way;
  const isCounted = [...(looks.at(-1)?.samples.values() ?? [])].some(counted);
  return {
    id: `${from}>${to}:${traffic}`,
    ...way,
    perSecond: perSecond(looks, counted) ?? 0,
    errorsPerSecond: perSecond(looks, (sample) => counted(sample) && failed(sample)) ?? 0,
    isCounted,
  };
}
