import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ServedWorld } from './worlds/served-world.ts';
import { supergraphs } from './worlds/supergraphs.ts';
import { transports, until, type Request, type Watching } from './worlds/transports.ts';
import { World } from './worlds/world.ts';

const sources = supergraphs.subscriptions ?? {};
const RESUME = { logged: { argument: 'after', cursor: 'place' } };
const LOGGED = 'subscription Logged { logged { n product { name } } }';

const variant = (subgraph: string, from: string, to: string): Record<string, string> => {
  const source = `${sources[subgraph]}`;
  if (!source.includes(from)) throw new Error(`${subgraph} does not say ${from}`);
  return { ...sources, [subgraph]: source.replace(from, to) };
};
/** The subgraph of the events could say more: it is asked for something else then. */
const richer = {
  ...variant(
    'events',
    'type Product @key(fields: "id") { id: ID! }',
    'type Product @key(fields: "id") { id: ID! name: String! @shareable }',
  ),
  products: `${sources.products}`.replace('name: String!', 'name: String! @shareable'),
};
const sdlOf = (what: Readonly<Record<string, string>>, n = 0): string => `${new World(what).supergraph.sdl}\n# ${n}\n`;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_none, index) => from + index);

describe('subscriptions go on where they were left', () => {
  let world: ServedWorld;
  const open: Watching[] = [];
  let last = 0;

  beforeEach(async () => {
    last = 0;
    world = await ServedWorld.open(richer, {
      subscriptions: { resume: RESUME, mostPerIdentity: 100 },
    });
  });
  afterEach(async () => {
    for (const watching of open.splice(0)) watching.stop();
    await world.close();
  });

  const events = () => {
    const subgraph = world.world.subgraphs.get('events');
    if (!subgraph) throw new Error('no subgraph events');
    return subgraph;
  };
  const listening = (count: number) => until(() => events().listening('logged') === count);
  const happen = (count = 1): void => {
    for (const end = last + count; last < end;) {
      last += 1;
      events().record('logged', { n: last, place: `p${last}` } as never);
    }
  };
  /** Events come all the time until something is done. */
  const happenDuring = async <T>(doing: Promise<T>): Promise<T> => {
    const going = setInterval(() => happen(1), 2);
    return doing.finally(() => clearInterval(going));
  };
  const numbers = ({ results }: Watching, name = 'logged') =>
    results.map(({ data }) => (data?.[name] as { n: number } | undefined)?.n);
  const asked = () => world.subscribed.map(({ payload }) => payload.variables);
  /** Breaks every socket to the subgraph of the events, and waits until it is subscribed to as often again. */
  const breakSockets = async (): Promise<void> => {
    const count = events().listening('logged');
    world.breakSockets('events');
    await until(() => events().listening('logged') === 0);
    happen(2);
    await listening(count);
  };

  describe.each(Object.entries(transports))('over %s', (_name, start) => {
    const watch = (request: string | Request): Watching => {
      const watching = start(world.url, typeof request === 'string' ? { query: request } : request);
      open.push(watching);
      return watching;
    };

    test('given a socket to the subgraph that breaks between events, none is lost and none comes twice', async () => {
      const watching = watch(LOGGED);
      await listening(1);
      happen(3);
      await until(() => watching.results.length === 3);
      for (let round = 0; round < 3; round += 1) {
        await breakSockets();
        happen(1);
        await until(() => watching.results.length >= last);
      }
      expect([numbers(watching), watching.ended()]).toEqual([range(1, last), undefined]);
      // What the router asks for besides is nobody else's.
      for (const { data } of watching.results) {
        expect(data).toEqual({ logged: { n: expect.any(Number), product: { name: expect.any(String) } } });
      }
      expect(asked()).toEqual([{}, { _after: 'p3' }, { _after: 'p6' }, { _after: 'p9' }]);
    });

    test('given a subgraph that moves with a reload, and one that is asked for something else, likewise', async () => {
      const watching = watch(LOGGED);
      await listening(1);
      happen(2);
      await until(() => watching.results.length === 2);
      await world.move('events');
      expect(await happenDuring(world.putSupergraph(sdlOf(richer, 1)))).toBe('loaded');
      await until(() => world.subscribed.length === 2);
      happen(3);
      expect(await happenDuring(world.putSupergraph(sdlOf(sources, 2)))).toBe('loaded');
      await until(() => world.subscribed.length === 3);
      const [, moved, changed] = world.subscribed;
      expect(moved?.payload.query).toMatch(/\bname\b/);
      expect(changed?.payload.query).not.toMatch(/\bname\b/);
      await listening(1);
      happen(3);
      await until(() => watching.results.length >= last);
      expect([numbers(watching), watching.ended()]).toEqual([range(1, last), undefined]);
      expect(new Set(watching.results.flatMap(({ errors }) => errors ?? []))).toEqual(new Set());
    });

    test.each<[string, Request]>([
      ['a literal', { query: 'subscription { logged(after: "p2") { n } }' }],
      ['a variable', { query: 'subscription S($a: String) { logged(after: $a) { n } }', variables: { a: 'p2' } }],
      ['the default of a variable', { query: 'subscription S($a: String = "p2") { logged(after: $a) { n } }' }],
      [
        'a variable that is used elsewhere too',
        {
          query: 'subscription S($id: ID!, $a: String) { logged(id: $id, after: $a) { n } }',
          variables: { id: 'k1', a: 'p2' },
        },
      ],
      ['an argument beside an alias', { query: 'subscription { logged: logged(after: "p2") { _cursor: place n } }' }],
      [
        'an argument in a fragment',
        {
          query:
            'subscription { ...F } fragment F on Subscription { logged(after: "p2") { ...E } } fragment E on Entry { n }',
        },
      ],
    ])('a client that begins at a place by %s begins there, and goes on from the last', async (_what, request) => {
      happen(4);
      const watching = watch(request);
      await until(() => watching.results.length === 2);
      await breakSockets();
      await until(() => watching.results.length >= 4);
      expect(numbers(watching)).toEqual([3, 4, 5, 6]);
      expect(asked().map((variables) => Object.values(variables ?? {}).at(-1))).toEqual(['p2', 'p4']);
    });
  });

  const watch = (query: string): Watching => {
    const start = transports['graphql-transport-ws'];
    if (!start) throw new Error('no such transport');
    const watching = start(world.url, { query });
    open.push(watching);
    return watching;
  };

  test('before the first event a client is where it said that it was', async () => {
    happen(2);
    const watching = watch('subscription { mine: logged(after: "p2") { n } }');
    await listening(1);
    await breakSockets();
    await until(() => watching.results.length >= 2);
    expect(numbers(watching, 'mine')).toEqual([3, 4]);
    expect(asked()).toEqual([{ _after: 'p2' }, { _after: 'p2' }]);
  });

  test('who begins at a place shares with nobody: whoever came before is further', async () => {
    happen(2);
    const query = 'subscription { logged(after: "p1") { n } }';
    const first = watch(query);
    await until(() => first.results.length === 1);
    happen(1);
    await until(() => first.results.length === 2);
    const second = watch(query);
    await until(() => second.results.length >= 2);
    const shared = [watch(LOGGED), watch(LOGGED)];
    await listening(3);
    await until(async () => (await world.metrics()).includes('router_open_subscriptions{service="router"} 4'));
    happen(1);
    await until(() => shared.every(({ results }) => results.length === 1) && second.results.length === 3);
    expect([numbers(first), numbers(second)]).toEqual([range(2, 4), range(2, 4)]);
    for (const watching of open.splice(0)) watching.stop();
    await listening(0);
    await until(async () => (await world.metrics()).includes('router_upstream_subscriptions{service="router"} 0'));
  });

  test('a supergraph in which it can not be resumed any more is served all the same', async () => {
    const watching = watch(LOGGED);
    await listening(1);
    happen(1);
    await until(() => watching.results.length === 1);
    expect(
      await world.putSupergraph(sdlOf(variant('events', 'logged(after: String, id: ID)', 'logged(id: ID)'), 1)),
    ).toBe('loaded');
    await until(() => world.subscribed.length === 2);
    await listening(1);
    happen(1);
    await until(() => watching.results.length === 2);
    expect([numbers(watching), watching.ended()]).toEqual([[1, 2], undefined]);
    expect(world.subscribed[1]?.payload.query).not.toContain('place');
  });
});

describe('settings that a supergraph does not allow', () => {
  test.each<[string, object, string, Record<string, string>?]>([
    ['no such field', { nothing: { argument: 'after', cursor: 'place' } }, 'no such subscription'],
    ['no such argument', { logged: { argument: 'since', cursor: 'place' } }, 'takes no argument "since"'],
    ['no such cursor', { logged: { argument: 'after', cursor: 'where' } }, 'Entry has no field "where"'],
    [
      'a cursor of another type',
      { logged: { argument: 'after', cursor: 'n' } },
      '"after" takes String, and "Entry.n" is Int!',
    ],
    ['a cursor that is an object', { logged: { argument: 'after', cursor: 'product' } }, '"Entry.product" is Product'],
    [
      'a cursor of another subgraph',
      { logged: { argument: 'after', cursor: 'where' } },
      'is not of the subgraph that is subscribed to',
      {
        ...variant('events', 'type Entry {', 'type Entry @key(fields: "n") {'),
        users: `${sources.users} type Entry @key(fields: "n") { n: Int! where: String }`,
      },
    ],
  ])('%s: the router does not start, and says why', async (_what, resume, fault, what = sources) => {
    await expect(ServedWorld.open(what, { subscriptions: { resume } })).rejects.toThrow(
      expect.objectContaining({ message: expect.stringContaining(fault) }),
    );
  });
});
