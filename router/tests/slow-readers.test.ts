import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { LongLivedLanes } from './worlds/long-lived-lanes.ts';
import { supergraphs } from './worlds/supergraphs.ts';
import { until } from './worlds/transports.ts';

const MANY = 1_000;
const MOST_SENDING = 20_000;
const MOST_WAITING = 200_000;
/** Six kilobytes an event. */
const LONG = Array.from({ length: 29 }, (_none, index) => `${'a'.repeat(200)}${index}: n`).join(' ');
const EVENT_BYTES = 6_500;

describe('clients that do not read', () => {
  let lanes: LongLivedLanes;
  beforeEach(async () => {
    lanes = await LongLivedLanes.open(supergraphs.subscriptions ?? {}, {
      subscriptions: {
        backPressure: { alarm: 'coalesce', ticked: 20, logged: 1_000 },
        mostPerIdentity: 10 * MANY,
        mostBufferedBytes: MOST_SENDING,
        mostWaitingBytes: MOST_WAITING,
        heartbeatMs: 60_000,
      },
    });
  });
  afterEach(() => lanes.close());

  const events = () => {
    const subgraph = lanes.world.subgraphs.get('events');
    if (!subgraph) throw new Error('no subgraph events');
    return subgraph;
  };
  const counted = async (name: string, field: string) =>
    Number(
      new RegExp(`^${name}\\{[^}]*field="${field}"[^}]*\\} (\\d+)`, 'm').exec(await lanes.metrics.text())?.[1] ?? 0,
    );
  const opened = async (count: number) =>
    until(async () => (await lanes.metrics.text()).includes(`router_open_subscriptions{service="router"} ${count}\n`));
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  let n = 0;
  const emit = (...fields: string[]) => {
    n += 1;
    for (const field of fields) events().emit(field, { n } as never);
  };
  /** Never more than the settings say is kept for any of them. */
  const bounded = () => {
    const { sending, waiting } = lanes.subscriptions.backlogs.measure();
    expect(sending.most).toBeLessThan(MOST_SENDING + 2 * EVENT_BYTES);
    expect(waiting.most).toBeLessThanOrEqual(MOST_WAITING);
    return { sending, waiting };
  };

  test(`what is kept for ${MANY} of them is bounded; what is dropped and ended is counted`, async () => {
    const clients: Awaited<ReturnType<LongLivedLanes['connect']>>[] = [];
    while (clients.length < MANY) {
      clients.push(...(await Promise.all(Array.from({ length: 50 }, () => lanes.connect()))));
    }
    for (const { ask } of clients) {
      ask('all', `subscription { ticked { n ${LONG} } }`);
      ask('latest', `subscription { alarm { n ${LONG} } }`);
    }
    await opened(2 * MANY);
    for (const { socket } of clients) socket.pause();
    let most = 0;
    while ((await counted('router_slow_consumers_total', 'ticked')) < MANY) {
      for (let count = 0; count < 5; count += 1) {
        emit('ticked', 'alarm');
        await turn();
        most = Math.max(most, bounded().waiting.most);
      }
    }
    // It was a matter of their number, and each was told once.
    expect(most).toBeGreaterThan(20 * (EVENT_BYTES - 1_000));
    expect(await counted('router_slow_consumers_total', 'ticked')).toBe(MANY);
    await opened(MANY);
    await until(() => events().listening('ticked') === 0);
    for (let count = 0; count < 20; count += 1) {
      emit('alarm');
      await turn();
    }
    // Of readings, one each waits.
    expect(bounded().waiting.most).toBeLessThan(EVENT_BYTES);
    expect(await counted('router_dropped_events_total', 'alarm')).toBeGreaterThan(MANY);
    expect(await lanes.metrics.text()).toMatch(/^router_client_bytes_most\{.*state="waiting".*\} [1-9]/m);

    const [first] = clients;
    first?.socket.resume();
    await until(() => first?.messages.some(({ id, type }) => id === 'all' && type === 'error') ?? false);
    expect(first?.messages.find(({ type }) => type === 'error')?.payload).toMatchObject([
      { extensions: { code: 'SLOW_CONSUMER' } },
    ]);
    const latest = n;
    await until(() => JSON.stringify(first?.messages.at(-1)).includes(`{"alarm":{"n":${latest},`));
    for (const { socket } of clients) socket.terminate();
    await opened(0);
    const zero = { sum: 0, most: 0 };
    await until(() => lanes.subscriptions.backlogs.measure().sending.most === 0);
    expect(lanes.subscriptions.backlogs.measure()).toEqual({ sending: zero, waiting: zero });
  });

  test('it is a matter of their size, too, over all that one client has open', async () => {
    const { socket, ask, messages } = await lanes.connect();
    for (const id of ['1', '2', '3', '4']) ask(id, `subscription S${id} { logged { n ${LONG} } }`);
    await until(() => events().listening('logged') === 4);
    socket.pause();
    while ((await counted('router_slow_consumers_total', 'logged')) === 0) {
      emit('logged');
      await turn();
      bounded();
    }
    expect(events().listening('logged')).toBe(3);
    socket.resume();
    await until(() => messages.some(({ type }) => type === 'error'));
  });

  test('who asks and takes no answers is not read from any more', async () => {
    const { socket, ask, messages } = await lanes.connect();
    socket.pause();
    const fields = Array.from({ length: 30 }, (_none, index) => `${'a'.repeat(200)}${index}: __typename`).join(' ');
    for (let id = 0; id < 500; id += 1) ask(String(id), `{ product(id: "k1") { ${fields} } }`);
    await until(() => lanes.subscriptions.backlogs.measure().sending.most >= MOST_SENDING);
    for (let turns = 0; turns < 200; turns += 1) {
      await turn();
      // A hundred may be under way at once.
      expect(lanes.subscriptions.backlogs.measure().sending.most).toBeLessThan(MOST_SENDING + 100 * 8_000);
    }
    const answered = async () =>
      Number(/_count\{[^}]*type="query"[^}]*\} (\d+)/.exec(await lanes.metrics.text())?.[1] ?? 0);
    expect(await answered()).toBeLessThan(400);
    socket.resume();
    await until(() => messages.filter(({ type }) => type === 'complete').length === 500);
  });

  test('a stream that nobody reads ends too, though its end is not read either', async () => {
    const body = JSON.stringify({ query: `subscription { ticked { n ${LONG} } }` });
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
    const request = httpRequest({ socketPath: lanes.socketPath, path: '/graphql', method: 'POST', headers });
    const response = await new Promise<IncomingMessage>((resolve) => {
      request.on('response', resolve).end(body);
    });
    response.pause();
    await until(() => events().listening('ticked') === 1);
    while ((await counted('router_slow_consumers_total', 'ticked')) === 0) {
      emit('ticked');
      await turn();
      bounded();
    }
    await until(() => events().listening('ticked') === 0);
    let text = '';
    response.on('data', (chunk) => (text += String(chunk))).resume();
    await new Promise((ended) => response.once('end', ended));
    expect(text).toMatch(/SLOW_CONSUMER.*\n\nevent: complete\ndata:\n\n$/);
  });
});
