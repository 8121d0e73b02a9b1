import type { Attack } from '../src/attack.ts';
import { exchange, type HttpRequest } from '../src/http.ts';
import { subgraphs, type SubgraphName } from '../../e2e/src/restaurant.ts';
import { RawSocket } from '../src/socket.ts';
import type { Stage } from '../src/stage.ts';
import { everyTransport, streamTransports } from '../src/transports/index.ts';
import { answerFrom, webSocket } from '../src/transports/websocket.ts';

const INVALID = { refused: 400, code: 'GRAPHQL_VALIDATION_FAILED' } as const;
const NOBODY_KNOWN = { refused: 401, code: 'UNAUTHENTICATED', closed: 4403 } as const;
const admin = (stage: Stage) => ({ kind: 'user', userId: stage.userIdOf('manager'), roles: ['ADMIN'] });

const internal: [name: string, query: string][] = [
  ['_service', '{ _service { sdl } }'],
  ['_service under another name, in a fragment', 'query Q { ...A } fragment A on Query { a: _service { sdl } }'],
  ['_entities', '{ _entities(representations: [{ __typename: "User", id: "1" }]) { __typename } }'],
  ['a type of the machinery', '{ me { ... on _Entity { id } } }'],
];

/** Headers by which somebody who is not the router may try to pass for it. */
const forgeries: [name: string, header: (stage: Stage) => Promise<string | undefined> | string | undefined][] = [
  ['without the signed header', () => undefined],
  ['with an empty header', () => ''],
  ['with a header that is no token', () => 'router'],
  ['signed with another secret', (stage) => stage.forger.actor(admin(stage), {}, 'x'.repeat(40))],
  ['not signed at all', (stage) => stage.forger.unsigned('x', { alg: 'none', typ: 'actor+jwt' })],
  ['expired', (stage) => stage.forger.actor(admin(stage), { claims: { exp: Math.floor(Date.now() / 1_000) - 5 } })],
  ['signed, without an end', (stage) => stage.forger.actor(admin(stage), { claims: { exp: undefined } })],
  ['signed for another purpose', (stage) => stage.forger.actor(admin(stage), { header: { typ: 'at+jwt' } })],
  ["a manager's access token", (stage) => stage.tokenOf('manager')],
];

const ask = (stage: Stage, subgraph: SubgraphName, request: HttpRequest) =>
  exchange(`${stage.restaurant.address(subgraph)}/graphql`, request);

const post = async (stage: Stage, subgraph: SubgraphName, header: string | undefined) =>
  ask(stage, subgraph, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(header !== undefined && { 'x-brigade-actor': header }) },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
  });

/** The ways around the one door, and the doors behind it. */
export const doors: readonly Attack[] = [
  ...internal.map(([name, query]): Attack => ({
    name: `${name} through the router`,
    over: everyTransport,
    operation: { query },
    expected: INVALID,
  })),
  ...subgraphs.flatMap((subgraph) =>
    forgeries.map(([name, header]): Attack => ({
      name: `the port of ${subgraph}: ${name}`,
      by: 'HTTP',
      send: async (stage) => post(stage, subgraph, await header(stage)),
      expected: NOBODY_KNOWN,
    })),
  ),
  ...(['orders', 'kitchen'] as const).flatMap((subgraph) =>
    forgeries.map(([name, header]): Attack => ({
      name: `the port of ${subgraph}: ${name}`,
      by: 'WebSocket',
      send: async (stage) => {
        const forged = await header(stage);
        return webSocket(
          `${stage.restaurant.address(subgraph)}/graphql`,
          { query: '{ __typename }' },
          { headers: forged ? { 'x-brigade-actor': forged } : {} },
        );
      },
      expected: NOBODY_KNOWN,
    })),
  ),
  {
    name: 'the port of a subgraph: GET',
    by: 'HTTP',
    send: (stage) => ask(stage, 'identity', { headers: { accept: 'text/html' } }),
    expected: NOBODY_KNOWN,
  },
  {
    name: 'a body of 2 MB at the port of a subgraph, without the signed header',
    by: 'HTTP',
    send: (stage) =>
      ask(stage, 'orders', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: ' '.repeat(2_000_000),
      }),
    expected: NOBODY_KNOWN,
  },
  {
    name: 'the internal header, well signed, sent by a client',
    over: everyTransport,
    headers: async (stage) => ({ 'x-brigade-actor': await stage.forger.actor(admin(stage)) }),
    operation: { query: '{ me { id email roles } }' },
    expected: { data: { me: null } },
  },
  {
    name: "the internal header, well signed, beside a guest's own token",
    over: everyTransport,
    as: 'stranger',
    headers: async (stage) => ({ 'x-brigade-actor': await stage.forger.actor(admin(stage)) }),
    operation: { query: '{ orders(first: 1) { edges { cursor } } }' },
    expected: { denied: ['FORBIDDEN', 'UNAUTHORIZED_FIELD_OR_TYPE'] },
  },
  {
    name: 'the internal header, well signed, as an extension of a subscription',
    over: streamTransports,
    operation: async (stage) => ({
      query: 'subscription ($id: ID!) { orderUpdated(id: $id) { id } }',
      variables: { id: stage.belongings.orderId },
      extensions: { 'x-brigade-actor': await stage.forger.actor(admin(stage)) },
    }),
    expected: { nothing: ['UNAUTHENTICATED', 'UNAUTHORIZED_FIELD_OR_TYPE', 'BAD_REQUEST'] },
  },
  {
    name: 'another path for WebSockets',
    by: 'WebSocket',
    send: async (_stage, url) => answerFrom(await RawSocket.open(url.replace('/graphql', '/metrics'))),
    expected: { refused: 404 },
  },
];
