import { describe, expect, test } from '@jest/globals';
import { drawMap } from './draw-map.ts';
import { parsePrometheus } from './prometheus-text.ts';
import type { Look } from './rates.ts';
import type { Dependencies } from './scrape-target.ts';
import type { Target } from './target.ts';
import type { Watched } from './watched.ts';

const looks = (...texts: string[]): Look[] =>
  texts.map((text, index) => ({ at: index * 1_000, samples: parsePrometheus(text, () => true, 1_000) }));
const needing = (...names: string[]): Dependencies =>
  Object.fromEntries(names.map((name) => [name, { status: 'up' as const }]));

function watch(id: string, kind: Target['kind'], more: Partial<Watched> = {}): Watched {
  const target = { id, name: id, kind, url: 'http://127.0.0.1:1' };
  const condition = { health: 'UP', reason: null } as const;
  return { target, looks: looks('', ''), condition, dependencies: {}, errors: [], ...more };
}

const took = (name: string, count: number, labels = 'outcome="ok"') =>
  [
    `${name}_bucket{le="0.1",${labels}} ${count}`,
    `${name}_bucket{le="+Inf",${labels}} ${count}`,
    `${name}_count{${labels}} ${count}`,
  ].join('\n');
const GRAPHQL = 'graphql_operation_duration_seconds';
const MESSAGE = 'message_processing_duration_seconds';

const restaurant = () => [
  watch('router', 'ROUTER', {
    dependencies: needing('redis'),
    looks: looks(
      took(GRAPHQL, 10),
      [
        took(GRAPHQL, 14),
        took(GRAPHQL, 1, 'outcome="RATE_LIMITED"'),
        'router_fetch_duration_seconds_count{subgraph="menu",outcome="ok"} 3',
        'router_fetch_duration_seconds_count{subgraph="menu",outcome="timeout"} 1',
        'process_resident_memory_bytes 104857600',
      ].join('\n'),
    ),
  }),
  watch('menu', 'SUBGRAPH', {
    dependencies: needing('mongodb', 'redis', 'rabbitmq'),
    looks: looks('cache_requests_total{outcome="hit"} 0', 'cache_requests_total{outcome="hit"} 6'),
  }),
  watch('payments', 'SUBGRAPH', {
    dependencies: needing('postgres', 'rabbitmq'),
    looks: looks(
      '',
      [
        took(GRAPHQL, 2),
        took(MESSAGE, 3),
        took(MESSAGE, 1, 'outcome="retry"'),
        took(MESSAGE, 1, 'outcome="duplicate"'),
        'messages_published_total{message="x"} 5',
        took('payment_provider_duration_seconds', 4),
      ].join('\n'),
    ),
  }),
  watch('payment-provider', 'PROVIDER'),
  watch('kitchen-device', 'DEVICE', {
    dependencies: needing('rabbitmq'),
    looks: looks('telemetry_sent_total 100', `telemetry_sent_total 148\n${took(MESSAGE, 2)}`),
  }),
];
const transactions = looks(
  'transactions{service="payments",outcome="commit"} 0\ntransactions{service="payments",outcome="rollback"} 0',
  'transactions{service="payments",outcome="commit"} 9\ntransactions{service="payments",outcome="rollback"} 1',
);
const draw = (watched = restaurant()) => {
  const { nodes, edges } = drawMap(watched, transactions);
  return {
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    ways: Object.fromEntries(edges.map(({ id, perSecond, errorsPerSecond }) => [id, [perSecond, errorsPerSecond]])),
  };
};

describe('the map of the system', () => {
  test('has every way that is there, and what was counted on it', () => {
    expect(draw().ways).toEqual({
      'clients>router:REQUESTS': [5, 1],
      'router>menu:REQUESTS': [4, 1],
      'router>payments:REQUESTS': [0, 0],
      'router>redis:COMMANDS': [0, 0],
      'menu>rabbitmq:MESSAGES': [0, 0],
      'rabbitmq>menu:MESSAGES': [0, 0],
      'menu>redis:COMMANDS': [6, 0],
      'menu>mongo:COMMANDS': [0, 0],
      'payments>rabbitmq:MESSAGES': [5, 0],
      'rabbitmq>payments:MESSAGES': [5, 1],
      'payments>payment-provider:REQUESTS': [4, 0],
      'payments>postgres:TRANSACTIONS': [10, 1],
      'kitchen-device>rabbitmq:TELEMETRY': [48, 0],
      'kitchen-device>rabbitmq:MESSAGES': [0, 0],
      'rabbitmq>kitchen-device:COMMANDS': [2, 0],
    });
  });

  test('has everything that runs, with what it took', () => {
    const { nodes } = draw();
    expect(Object.entries(nodes).map(([id, { kind }]) => `${id} ${kind}`)).toEqual([
      'clients CLIENTS',
      'router ROUTER',
      'menu SUBGRAPH',
      'payments SUBGRAPH',
      'rabbitmq BROKER',
      'postgres STORE',
      'redis STORE',
      'mongo STORE',
      'payment-provider PROVIDER',
      'kitchen-device DEVICE',
    ]);
    expect(nodes.router).toMatchObject({ health: 'UP', perSecond: 5, errorsPerSecond: 1, memoryMegabytes: 100 });
    expect(nodes.payments).toMatchObject({ perSecond: 7, errorsPerSecond: 1 });
    expect(nodes.payments?.p95Milliseconds).toBeCloseTo(95);
    expect(nodes['payment-provider']).toMatchObject({ perSecond: 4, errorsPerSecond: 0 });
    expect(nodes.rabbitmq).toMatchObject({ health: 'UP', perSecond: 53, errorsPerSecond: 0 });
    expect(nodes.postgres).toMatchObject({ perSecond: 10, errorsPerSecond: 1 });
    expect(nodes.mongo).toMatchObject({ perSecond: null, errorsPerSecond: null, memoryMegabytes: null });
    expect(nodes.menu?.p95Milliseconds).toBeNull();
  });

  test('knows a server by those who need it and answer', () => {
    const down = { rabbitmq: { status: 'down' as const, error: 'refused' } };
    const [router, menu, payments, ...others] = restaurant() as [Watched, Watched, Watched, ...Watched[]];
    const health = (watched: Watched[]) => draw([router, ...watched]).nodes.rabbitmq;
    expect(health([menu, { ...payments, dependencies: down }])).toMatchObject({
      health: 'DEGRADED',
      reason: 'payments: refused',
    });
    expect(health([{ ...payments, dependencies: down }])).toMatchObject({
      health: 'DOWN',
      reason: 'payments: refused',
    });
    // It said so before it went away.
    expect(health([menu, { ...payments, dependencies: down, looks: [] }])?.health).toBe('UP');
    expect(health([{ ...menu, looks: [] }])?.health).toBe('UNKNOWN');
    expect(health(others.slice(0, 1))).toBeUndefined();
  });

  test('is empty where nothing is told to be looked at', () => {
    expect(drawMap([], [])).toEqual({ nodes: [], edges: [] });
  });
});
