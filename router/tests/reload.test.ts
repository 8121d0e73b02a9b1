import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import { World } from './worlds/world.ts';
import { ServedWorld } from './worlds/served-world.ts';
import { supergraphs } from './worlds/supergraphs.ts';

const sources = supergraphs.subscriptions ?? {};
/** The same subgraphs; one of them says more. */
const richer = { ...sources, users: `${sources.users}`.replace('email: String!', 'email: String! nick: String') };
/** A field that is gone. */
const poorer = { ...sources, users: `${sources.users}`.replace('email: String!', 'mail: String!') };

const sdlOf = (what: Readonly<Record<string, string>>, n = 0): string => `${new World(what).supergraph.sdl}\n# ${n}\n`;

const until = async (condition: () => boolean): Promise<void> => {
  const deadline = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`never true: ${String(condition)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

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

  test('open subscriptions go on through ten reloads: nothing lost, nothing twice, no error', async () => {
    const watching = Array.from({ length: 100 }, () => watch('subscription { ticked { n owner { email } } }'));
    await until(() => events().listening('ticked') === 1);
    events().emit('ticked', { n: 0 } as never);
    await until(() => watching.every(({ n }) => n.length === 1));
    let n = 0;
    const [one, other] = [sdlOf(sources), sdlOf(richer)];
    for (let round = 0; round < 10; round += 1) {
      const loading = world.putSupergraph(`${round % 2 === 0 ? other : one}# ${round}`);
      for (let tick = 0; tick < 10; tick += 1) {
        n += 1;
        events().emit('ticked', { n } as never);
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(await loading).toBe('loaded');
    }
    await until(() => watching.every(({ n: told }) => told.length === n + 1));
    const all = Array.from({ length: n + 1 }, (_none, index) => index);
    for (const told of watching) expect(told).toEqual({ n: all, errors: [], ended: [] });
    expect(events().listening('ticked')).toBe(1);
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
