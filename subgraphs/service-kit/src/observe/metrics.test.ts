import { describe, expect, test } from '@jest/globals';
import { createMetrics } from './metrics.ts';

/** The value of a sample in what Prometheus scrapes, whatever the order of its labels. */
const sample = (text: string, name: string, labels: Record<string, string>): number | undefined => {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const line = text
    .split('\n')
    .find((candidate) => candidate.startsWith(`${name}{`) && wanted.every((label) => candidate.includes(label)));
  return line === undefined ? undefined : Number(line.split('} ')[1]);
};

describe('metrics', () => {
  test('have edges at the service levels: 0.05, 0.1, 0.2, 0.5 and 1 s', async () => {
    const metrics = createMetrics('orders');
    metrics.graphqlDuration.observe({ operation: 'Order', type: 'query', outcome: 'ok' }, 0.15);
    const text = await metrics.text();
    const below = (le: string) => sample(text, 'graphql_operation_duration_seconds_bucket', { le });
    expect(['0.05', '0.1', '0.2', '0.5', '1'].map(below)).toEqual([0, 0, 1, 1, 1]);
  });

  test('tell rate, errors and duration by operation and by message, and the service', async () => {
    const metrics = createMetrics('orders');
    const graphql = { operation: 'Place', type: 'mutation', outcome: 'DISH_UNAVAILABLE' };
    const message = { message: 'menu.dish-changed.v1', outcome: 'retry' };
    metrics.graphqlDuration.observe(graphql, 0.01);
    metrics.messageDuration.observe(message, 0.01);
    const text = await metrics.text();
    const service = 'orders';
    expect(sample(text, 'graphql_operation_duration_seconds_count', { ...graphql, service })).toBe(1);
    expect(sample(text, 'message_processing_duration_seconds_count', { ...message, service })).toBe(1);
  });

  test('of two services in one process do not mix; each tells of the event loop', async () => {
    const [orders, menu] = [createMetrics('orders'), createMetrics('menu')];
    orders.messagesInFlight.set(3);
    expect(sample(await orders.text(), 'messages_in_flight', { service: 'orders' })).toBe(3);
    expect(sample(await menu.text(), 'messages_in_flight', { service: 'menu' })).toBe(0);
    expect(sample(await menu.text(), 'messages_in_flight', { service: 'orders' })).toBeUndefined();
    for (const metrics of [orders, menu]) expect(await metrics.text()).toContain('\nnodejs_eventloop_lag_p99_seconds ');
  });

  test('look up what is looked up at each scrape', async () => {
    const metrics = createMetrics('orders');
    let connections = 0;
    metrics.onScrape(() => metrics.poolConnections.set({ state: 'total' }, connections));
    for (connections of [5, 2]) {
      expect(sample(await metrics.text(), 'db_pool_connections', { state: 'total' })).toBe(connections);
    }
  });
});
