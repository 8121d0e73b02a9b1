import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import { World } from './worlds/world.ts';
import { ServedWorld } from './worlds/served-world.ts';
import { supergraphs } from './worlds/supergraphs.ts';
import { until } from './worlds/transports.ts';

const sources = supergraphs.subscriptions ?? {};
/** The same subgraphs; one of them says more. */
const richer = { ...sources, users: `${sources.users}`.replace('email: String!', 'email: String! nick: String') };
/** A field that is gone. */
const poorer = { ...sources, users: `${sources.users}`.replace('email: String!', 'mail: String!') };

const sdlOf = (what: Readonly<Record<string, string>>, n = 0): string => `${new World(what).supergraph.sdl}\n# ${n}\n`;

describe('another supergraph is taken into use while the router serves', () => {
  let world: ServedWorld;
  const clients: Client[] = [];
  beforeEach(async () => {
    world = await ServedWorld.open(sources);
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) void client.dispose();
    await world.close();
  });

  const ask = async (query: string) => {
    const response = await fetch(world.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as { data?: unknown; errors?: { extensions: { code: string } }[] };
  };
  const watch = (query: string) => {
    const client = createClient({ url: world.url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 });
    clients.push(client);
    const told: { n: number[]; errors: unknown[]; ended: unknown[] } = { n: [], errors: [], ended: [] };
    client.subscribe<{ ticked: { n: number } }>(
      { query },
      {
        next: ({ data, errors }) => {
          if (data) told.n.push(data.ticked.n);
          if (errors) told.errors.push(errors);
        },
        error: (error) => told.ended.push(error),
        complete: () => told.ended.push('completed'),
      },
    );
    return told;
  };
  const events = () => {
    const subgraph = world.world.subgraphs.get('events');
    if (!subgraph) throw new Error('no subgraph events');
    return subgraph;
  };

  test('what is new can be asked for, what has gone is refused', async () => {
    expect((await ask('{ me { nick } }')).errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(await world.putSupergraph(sdlOf(richer))).toBe('loaded');
    // The subgraph itself has not changed, and refuses what the plan asks of it: that it was asked is what counts.
    expect((await ask('{ me { id nick } }')).errors?.[0]?.extensions.code).not.toBe('GRAPHQL_VALIDATION_FAILED');
    expect(await world.putSupergraph(sdlOf(poorer))).toBe('loaded');
    expect((await ask('{ me { email } }')).errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('one that is none is refused, and the old one stays', async () => {
    for (const sdl of ['', 'type Query { a: Int }', 'no graphql {']) {
      expect(await world.putSupergraph(sdl)).toBe('refused');
      expect((await ask('{ me { email } }')).errors).toBeUndefined();
    }
  });

  test('no request fails during twenty reloads', async () => {
    const outcomes: string[] = [];
    let going = true;
    const asking = Array.from({ length: 4 }, async () => {
      while (going) {
        const { errors } = await ask('{ me { id email friend { email } } product(id: "k1") { name } }').catch(
          (error: unknown) => ({ errors: [error] }),
        );
        outcomes.push(JSON.stringify(errors ?? 'fine'));
      }
    });
    const [one, other] = [sdlOf(sources), sdlOf(richer)];
    for (let n = 0; n < 20; n += 1) {
      expect(await world.putSupergraph(`${n % 2 === 0 ? other : one}# ${n}`)).toBe('loaded');
    }
    going = false;
    await Promise.all(asking);
    expect(new Set(outcomes)).toEqual(new Set(['"fine"']));
    expect(outcomes.length).toBeGreaterThan(100);
  });

  test('a thousand sockets go on through ten reloads: nothing lost, nothing twice, no error', async () => {
    const queries = [
      'subscription { ticked { n owner { email } } }',
      'subscription { ticked { n owner { id } } }',
      'subscription { ticked { n product { name } } }',
      'subscription { ticked { n } }',
    ];
    const watching = Array.from({ length: 1_000 }, (_none, index) => watch(queries[index % queries.length] ?? ''));
    await until(() => events().listening('ticked') === queries.length);
    await until(async () => (await world.metrics()).includes('router_open_subscriptions{service="router"} 1000\n'));
    let n = 0;
    const [one, other] = [sdlOf(sources), sdlOf(richer)];
    for (let round = 0; round < 10; round += 1) {
      // Events come all the time.
      const going = setInterval(() => events().emit('ticked', { n: (n += 1) } as never), 50);
      const loading = world.putSupergraph(`${round % 2 === 0 ? other : one}# ${round}`);
      expect(await loading.finally(() => clearInterval(going))).toBe('loaded');
    }
    expect(n).toBeGreaterThan(20);
    await until(() => watching.every(({ n: told }) => told.length >= n));
    const all = Array.from({ length: n }, (_none, index) => index + 1);
    for (const told of watching) expect(told).toEqual({ n: all, errors: [], ended: [] });
    expect(events().listening('ticked')).toBe(queries.length);
    expect(world.subscribed).toHaveLength(queries.length);
  });

  test('a subscription that the new supergraph refuses ends with the reason', async () => {
    const told = watch('subscription { ticked { n owner { email } } }');
    await until(() => events().listening('ticked') === 1);
    expect(await world.putSupergraph(sdlOf(poorer))).toBe('loaded');
    await until(() => told.ended.length === 1);
    expect(told.ended[0]).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
    await until(() => events().listening('ticked') === 0);
  });
});
