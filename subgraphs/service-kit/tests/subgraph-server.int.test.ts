import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { trace } from '@opentelemetry/api';
import { parse } from 'graphql';
import { createClient, type Client, type FormattedExecutionResult } from 'graphql-ws';
import WebSocket from 'ws';
import {
  ACTOR_HEADER,
  NotFound,
  createLogger,
  currentWork,
  openGraphql,
  signActor,
  type Actor,
  type RequestContext,
  type Runtime,
  type Service,
} from '../src/index.ts';
import { testRuntime } from './test-runtime.ts';

const secret = 'a secret of the tests, at least 32 characters';
const user: Actor = { kind: 'user', userId: '01890a5d-ac96-774b-bcce-b302099a8057', roles: ['GUEST'] };

const typeDefs = parse(`
  type Query { whoAsks: String! work: String! breakDown: String refuse: String wait: String! once: Boolean! }
  type Mutation { add(number: Int!): Int! }
  type Subscription { count(to: Int!): Int! forbidden: Int! broken: Int! }
`);

let letGo: () => void;
let waiting: Promise<void>;
let sayWaiting: () => void;

const resolvers = {
  Query: {
    whoAsks: (_: unknown, __: unknown, { actor }: RequestContext) => actor.kind,
    work: () => JSON.stringify({ ...currentWork(), traceId: trace.getActiveSpan()?.spanContext().traceId }),
    breakDown() {
      throw new Error('connect ECONNREFUSED 10.0.0.7:5432');
    },
    refuse() {
      throw new NotFound('There is no such thing.', { id: '7' });
    },
    wait: () =>
      new Promise<string>((resolve) => {
        letGo = () => resolve('done');
        sayWaiting();
      }),
    once: (_: unknown, __: unknown, { once }: RequestContext) => {
      const key = Symbol('loader');
      return once(key, () => ({})) === once(key, () => ({}));
    },
  },
  Mutation: { add: (_: unknown, { number }: { number: number }) => number + 1 },
  Subscription: {
    count: {
      async *subscribe(_: unknown, { to }: { to: number }) {
        for (let count = 1; count <= to; count += 1) yield { count };
      },
    },
    forbidden: {
      subscribe() {
        throw new NotFound('There is no such thing.');
      },
    },
    broken: {
      async *subscribe() {
        yield { broken: 1 };
      },
      resolve() {
        throw new Error('connect ECONNREFUSED 10.0.0.7:5432');
      },
    },
  },
};

describe("a subgraph's server", () => {
  let runtime: Runtime;
  let service: Service;
  let base: string;
  const logged: string[] = [];

  beforeEach(async () => {
    logged.length = 0;
    waiting = new Promise((resolve) => (sayWaiting = resolve));
    runtime = testRuntime('menu');
    runtime.log = createLogger('menu', 'info', { write: (line) => logged.push(line) }, runtime.errors);
    const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
    service = await openGraphql(runtime, { HOST: '127.0.0.1', ACTOR_SECRET: secret }, { port: 0, schema });
    base = `http://127.0.0.1:${service.port}`;
  });
  afterEach(() => service.stop());

  const post = async (body: string, headers: Record<string, string> = {}) =>
    fetch(`${base}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [ACTOR_HEADER]: await signActor(user, secret), ...headers },
      body,
    });
  const ask = async (query: string, headers?: Record<string, string>) => {
    const response = await post(JSON.stringify({ query }), headers);
    const { data, errors } = (await response.json()) as { data: Record<string, unknown> | null; errors?: Fault[] };
    return { status: response.status, data, errors };
  };
  interface Fault {
    message: string;
    extensions: Record<string, unknown>;
  }

  describe('over HTTP', () => {
    test('answers whoever says, signed, who asks', async () => {
      expect(await ask('{ whoAsks once }')).toMatchObject({ status: 200, data: { whoAsks: 'user', once: true } });
    });

    test.each([
      ['no actor', ''],
      ['a forged one', 'eyJhbGciOiJub25lIn0.e30.'],
    ])('answers 401 to %s, before it reads the query', async (_title, header) => {
      const response = await fetch(`${base}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(header && { [ACTOR_HEADER]: header }) },
        body: 'not json',
      });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    });

    test('shows what the domain refuses, by its code', async () => {
      const { data, errors } = await ask('{ refuse whoAsks }');
      expect(data).toEqual({ refuse: null, whoAsks: 'user' });
      expect(errors).toEqual([
        expect.objectContaining({
          message: 'There is no such thing.',
          path: ['refuse'],
          extensions: { code: 'NOT_FOUND', id: '7' },
        }),
      ]);
    });

    test('masks what nobody expected; the log has it under the same correlation id', async () => {
      const { errors } = await ask('{ breakDown }', { 'x-correlation-id': 'c-42' });
      expect(errors?.[0]).toMatchObject({
        message: 'Something went wrong on our side.',
        extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId: 'c-42' },
      });
      expect(JSON.stringify(errors)).not.toMatch(/ECONNREFUSED|stack/i);
      expect(logged.join()).toMatch(/"correlationId":"c-42".*ECONNREFUSED|ECONNREFUSED.*"correlationId":"c-42"/);
    });

    test.each([
      ['has a field that there is not', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
      ['is not GraphQL', '{ who', 'GRAPHQL_PARSE_FAILED'],
      ['has text where a number belongs', 'mutation { add(number: "1") }', 'GRAPHQL_VALIDATION_FAILED'],
    ])('says what is wrong with a query that %s', async (_title, query, code) => {
      const { errors } = await ask(query);
      expect(errors?.[0]?.extensions).toEqual({ code });
    });

    test.each([
      ['is malformed', '{"query": ', 400],
      ['is larger than 1 MB', JSON.stringify({ query: '{ whoAsks }', pad: 'x'.repeat(1_100_000) }), 413],
    ])('refuses a body that %s', async (_title, body, status) => {
      const response = await post(body);
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    });

    test('goes on in the trace and under the correlation id of the caller', async () => {
      const traceId = '0af7651916cd43dd8448eb211c80319c';
      const { data } = await ask('{ work }', {
        'x-correlation-id': 'c-7',
        traceparent: `00-${traceId}-b7ad6b7169203331-01`,
      });
      expect(JSON.parse(String(data?.work))).toEqual({ correlationId: 'c-7', causationId: 'c-7', traceId });
      await ask('{ breakDown }', { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
      expect(logged.join()).toContain(`"traceId":"${traceId}"`);
    });

    test("does not tell its resolvers' timings to whoever asks for a federated trace", async () => {
      const response = await post(JSON.stringify({ query: '{ whoAsks }' }), {
        'apollo-federation-include-trace': 'ftv1',
      });
      expect(await response.json()).toEqual({ data: { whoAsks: 'user' } });
    });

    test('tells the duration of each operation by name and outcome', async () => {
      // A name counts as itself once it has come several times.
      for (let times = 0; times < 5; times += 1) {
        await ask('query Who { whoAsks }');
        await ask('query Refused { refuse }');
      }
      const { values } = await runtime.metrics.graphqlDuration.get();
      const seen = values.filter(({ metricName }) => metricName?.endsWith('_count')).map(({ labels }) => labels);
      expect(seen).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ operation: 'Who', type: 'query', outcome: 'ok' }),
          expect.objectContaining({ operation: 'Refused', type: 'query', outcome: 'NOT_FOUND' }),
        ]),
      );
    });
  });

  describe('for those who watch it', () => {
    test('is live and ready', async () => {
      expect(await (await fetch(`${base}/health/live`)).json()).toEqual({ ...runtime.health.identity, status: 'live' });
      const ready = await fetch(`${base}/health/ready`);
      expect([ready.status, await ready.json()]).toEqual([
        200,
        { ...runtime.health.identity, status: 'ready', dependencies: {} },
      ]);
    });

    test('is live but not ready while a dependency is away, and names it', async () => {
      runtime.health.add('postgres', async () => {
        throw new Error('connection refused');
      });
      expect((await fetch(`${base}/health/live`)).status).toBe(200);
      const ready = await fetch(`${base}/health/ready`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toMatchObject({
        status: 'not ready',
        dependencies: { postgres: { status: 'down', error: 'connection refused' } },
      });
    });

    test('tells its last errors, without what is in them', async () => {
      await ask('{ breakDown }', { 'x-correlation-id': 'c-43' });
      const { errors } = (await (await fetch(`${base}/errors`)).json()) as { errors: object[] };
      expect(errors).toEqual([
        {
          at: expect.any(String),
          message: 'unexpected error in a resolver (Error)',
          correlationId: 'c-43',
          traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
        },
      ]);
    });

    test('gives its metrics as Prometheus reads them', async () => {
      const response = await fetch(`${base}/metrics`);
      expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
      expect(await response.text()).toContain('# TYPE graphql_operation_duration_seconds histogram');
    });
  });

  describe('over a WebSocket', () => {
    let client: Client | undefined;
    afterEach(() => client?.dispose());

    const connect = (connectionParams?: Record<string, unknown>, headers: Record<string, string> = {}) =>
      (client = createClient({
        url: `ws://127.0.0.1:${service.port}/graphql`,
        webSocketImpl: class extends WebSocket {
          constructor(url: string, protocols: string) {
            super(url, protocols, { headers });
          }
        },
        retryAttempts: 0,
        ...(connectionParams && { connectionParams }),
      }));
    const collect = async (query: string) => {
      const results: FormattedExecutionResult<Record<string, unknown>, unknown>[] = [];
      for await (const result of client?.iterate({ query }) ?? []) results.push(result);
      return results;
    };

    test.each<[string, () => Promise<[Record<string, string>?, Record<string, string>?]>]>([
      ['as payload', async () => [{ [ACTOR_HEADER]: await signActor(user, secret) }]],
      ['as header', async () => [undefined, { [ACTOR_HEADER]: await signActor(user, secret) }]],
    ])('streams to an actor who comes %s', async (_title, given) => {
      connect(...(await given()));
      expect(await collect('subscription { count(to: 3) }')).toEqual([1, 2, 3].map((count) => ({ data: { count } })));
    });

    test('closes with 4403 without an actor', async () => {
      connect();
      await expect(collect('subscription { count(to: 3) }')).rejects.toMatchObject({ code: 4403 });
    });

    test('masks errors as over HTTP, and shows those of domain and request', async () => {
      connect({ [ACTOR_HEADER]: await signActor(user, secret), 'x-correlation-id': 'c-9' });
      const [masked] = await collect('subscription { broken }');
      expect(masked?.errors).toEqual([
        expect.objectContaining({
          message: 'Something went wrong on our side.',
          extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId: 'c-9' },
        }),
      ]);
      const [refused] = await collect('subscription { forbidden }');
      expect(refused?.errors).toEqual([
        expect.objectContaining({ message: 'There is no such thing.', extensions: { code: 'NOT_FOUND' } }),
      ]);
      await expect(collect('subscription { nothing }')).rejects.toEqual([
        expect.objectContaining({ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }),
      ]);
    });
  });

  test('ends what is under way before it stops, and is not ready meanwhile', async () => {
    const answer = ask('{ wait }');
    await waiting;
    let stopped = false;
    const stopping = service.stop().then(() => (stopped = true));
    expect((await runtime.health.report()).status).toBe('draining');
    await new Promise((resolve) => setImmediate(resolve));
    expect(stopped).toBe(false);
    letGo();
    expect(await answer).toMatchObject({ status: 200, data: { wait: 'done' } });
    await stopping;
    await expect(fetch(`${base}/health/live`)).rejects.toThrow();
  });
});
