import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { SpanKind } from '@opentelemetry/api';
import { stages } from '../src/pipeline/stage-record.ts';
import { LongLivedLanes } from './worlds/long-lived-lanes.ts';
import { supergraphs } from './worlds/supergraphs.ts';
import { until } from './worlds/transports.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const TRACEPARENT = `00-${TRACE}-b7ad6b7169203331-01`;

describe('what is seen of operations that are not answered over plain HTTP', () => {
  let lanes: LongLivedLanes;
  beforeEach(async () => {
    lanes = await LongLivedLanes.open(supergraphs.subscriptions ?? {});
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    jest.useRealTimers();
    await lanes.close();
  });

  const events = () => {
    const subgraph = lanes.world.subgraphs.get('events');
    if (!subgraph) throw new Error('no subgraph events');
    return subgraph;
  };
  type Run = (query: string) => Promise<void>;
  const overWebSocket: Run = async (query) => {
    const { ask, messages } = await lanes.connect();
    ask('1', query, { extensions: { traceparent: TRACEPARENT } });
    await until(() => messages.some(({ type }) => type === 'complete' || type === 'error'));
  };
  const overStream: Run = (query) =>
    new Promise((resolve) => {
      httpRequest(
        {
          socketPath: lanes.socketPath,
          path: '/graphql',
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'text/event-stream',
            traceparent: TRACEPARENT,
          },
        },
        (response) => response.resume().once('end', resolve),
      ).end(JSON.stringify({ query }));
    });
  /** Counts of a metric by its labels. */
  const counts = async (metric: string) =>
    [...(await lanes.metrics.text()).matchAll(new RegExp(`^${metric}\\{(.*)\\} (\\d+)$`, 'gm'))].map(
      ([, labels = '', count]) => {
        const { service: _service, ...rest } = Object.fromEntries(
          [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, value]) => [label, value]),
        );
        return [rest, Number(count)];
      },
    );
  const DURATION = 'graphql_operation_duration_seconds_count';

  test.each<[string, Run]>([
    ['over WebSocket', overWebSocket],
    ['as a stream', overStream],
  ])('%s: a span and a duration for each, by name, kind and outcome', async (_what, run) => {
    await run('query Asked { product(id: "k1") { id } }');
    await run('mutation Changed { touch(id: "k1") { id } }');
    await run('query Wrong { nothing }');
    expect(await counts(DURATION)).toEqual([
      [{ operation: 'Asked', type: 'query', outcome: 'ok' }, 1],
      [{ operation: 'Changed', type: 'mutation', outcome: 'ok' }, 1],
      [{ operation: 'anonymous', type: 'invalid', outcome: 'GRAPHQL_VALIDATION_FAILED' }, 1],
    ]);
    await until(() => lanes.exporter.getFinishedSpans().filter(({ name }) => name === 'graphql').length === 3);
    const spans = lanes.exporter.getFinishedSpans().filter(({ name }) => name === 'graphql');
    for (const span of spans) {
      expect([span.kind, span.spanContext().traceId]).toEqual([SpanKind.SERVER, TRACE]);
      expect(span.attributes['url.path']).toBe('/graphql');
    }
    expect(spans.map(({ attributes }) => attributes)).toMatchObject([
      { 'graphql.operation.type': 'query', 'graphql.operation.name': 'Asked' },
      { 'graphql.operation.type': 'mutation', 'graphql.operation.name': 'Changed' },
      { 'error.type': 'GRAPHQL_VALIDATION_FAILED' },
    ]);
  });

  test.each<[string, Run]>([
    ['over WebSocket', overWebSocket],
    ['as a stream', overStream],
  ])(
    '%s: a span for each stage, below that of the operation; subgraphs are asked below `execute`',
    async (_what, run) => {
      await run('query Asked { product(id: "k1") { id } }');
      await run('query Wrong { nothing }');
      const finished = () => lanes.exporter.getFinishedSpans();
      await until(() => finished().filter(({ name }) => name === 'graphql').length === 2);
      const stagesOf = finished()
        .filter(({ name }) => name === 'graphql')
        .map((span) =>
          finished()
            .filter(({ parentSpanContext }) => parentSpanContext?.spanId === span.spanContext().spanId)
            .map(({ name }) => name),
        );
      expect(stagesOf).toEqual([stages, stages.slice(0, stages.indexOf('parse-and-validate') + 1)]);
      expect(lanes.askedBelow).toEqual(['execute']);
    },
  );

  test('a subscription has a span when it is opened, and no duration; its events have a lag and are counted', async () => {
    const clients = await Promise.all([lanes.connect(), lanes.connect(), lanes.connect()]);
    for (const { ask } of clients) ask('1', 'subscription Watched { ticked { n } }');
    await until(() => events().listening('ticked') === 1);
    await until(async () => (await lanes.metrics.text()).includes('router_open_subscriptions{service="router"} 3'));
    for (let n = 1; n <= 4; n += 1) events().emit('ticked', { n } as never);
    await until(() => clients.every(({ messages }) => messages.length === 4));
    expect(await counts('router_event_lag_seconds_count')).toEqual([[{ field: 'ticked' }, 4]]);
    expect(await counts('router_delivered_events_total')).toEqual([[{ field: 'ticked' }, 12]]);
    expect(await counts(DURATION)).toEqual([]);
    const spans = lanes.exporter.getFinishedSpans();
    const opened = spans.filter(({ name }) => name === 'graphql');
    expect(opened.map(({ attributes }) => attributes['graphql.operation.name'])).toEqual(
      Array.from({ length: 3 }, () => 'Watched'),
    );
    // What is executed at each event belongs to none of the requests.
    expect(new Set(spans.map(({ name }) => name))).toEqual(
      new Set(['graphql', ...stages.filter((stage) => stage !== 'execute')]),
    );
  });

  test('who asks is signed anew for each operation of a socket that has been open for long', async () => {
    const { ask, messages } = await lanes.connect();
    const expiryOf = (headers: Readonly<Record<string, string>> | undefined) =>
      (JSON.parse(Buffer.from(headers?.['x-who']?.split('.')[1] ?? '', 'base64url').toString()) as { exp: number }).exp;
    ask('1', '{ product(id: "k1") { id } }');
    await until(() => messages.some(({ id, type }) => id === '1' && type === 'complete'));
    // Two minutes later.
    const later = performance.now() + 120_000;
    jest.spyOn(performance, 'now').mockImplementation(() => later);
    jest.useFakeTimers({
      now: Date.now() + 120_000,
      doNotFake: [
        'nextTick',
        'setImmediate',
        'setTimeout',
        'setInterval',
        'clearTimeout',
        'clearInterval',
        'performance',
      ],
    });
    ask('2', '{ product(id: "k2") { id } }');
    await new Promise<void>((resolve) => {
      const look = () =>
        messages.some(({ id, type }) => id === '2' && type === 'complete') ? resolve() : setImmediate(look);
      look();
    });
    const [first, second] = lanes.asked.map(expiryOf);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(119);
  });
});
