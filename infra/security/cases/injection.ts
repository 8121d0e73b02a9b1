import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Attack } from '../src/attack.ts';
import { NOT_THERE } from '../src/codes.ts';
import type { Who } from '../src/people.ts';
import { bodyTransports, everyTransport, streamTransports, type Operation } from '../src/transports/index.ts';

const BAD_VARIABLE = { refused: 400, code: 'BAD_USER_INPUT' } as const;
/** The subgraph itself looked at it. */
const BAD_INPUT = { denied: 'BAD_USER_INPUT' } as const;

const operators: unknown[] = [
  { $ne: null },
  { $gt: '' },
  { $regex: '.*' },
  { $where: 'sleep(1000)' },
  [{ $in: [] }],
  true,
  ['a', 'b'],
];
const sql = [
  "' or '1'='1",
  "'; drop table orders; --",
  '1) or (select pg_sleep(5)) is null --',
  '\\',
  '%',
  '${7*7}',
  '$1',
  '?',
];
/** PostgreSQL keeps neither; a store that is given one may fail. */
const unkeepable: [name: string, text: string][] = [
  ['NUL', 'a\0b'],
  ['half of a pair', 'a\ud800b'],
];
const cursors: [name: string, key: unknown][] = [
  ['SQL', ["' or '1'='1"]],
  ['an operator', [{ $gt: '' }]],
  ['too many keys', [1, 2, 3, 4, 5]],
  ['no list', { $ne: null }],
  ['an id that is none', ['x']],
];
const encoded = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString('base64url');

const dishById = (id: unknown): Operation => ({
  query: 'query ($id: ID!) { dish(id: $id) { id } }',
  variables: { id },
});
const search = (filter: unknown): Operation => ({
  query: 'query ($filter: DishFilter) { dishes(first: 3, filter: $filter) { edges { node { id } } } }',
  variables: { filter },
});
const loginAs = (email: unknown, password: unknown): Operation => ({
  query: 'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }',
  variables: { input: { email, password } },
});

/** Lists and who may ask for them, for cursors that they did not hand out. */
const lists: [name: string, as: Who, query: string][] = [
  ['dishes', 'nobody', 'query ($after: String) { dishes(first: 3, after: $after) { edges { cursor } } }'],
  ['my orders', 'guest', 'query ($after: String) { me { orders(first: 3, after: $after) { edges { cursor } } } }'],
  ['my payments', 'guest', 'query ($after: String) { me { payments(first: 3, after: $after) { edges { cursor } } } }'],
  ['all orders', 'staff', 'query ($after: String) { orders(first: 3, after: $after) { edges { cursor } } }'],
  ['all tickets', 'staff', 'query ($after: String) { tickets(first: 3, after: $after) { edges { cursor } } }'],
  ['dead letters', 'manager', 'query ($after: String) { deadLetters(first: 3, after: $after) { edges { cursor } } }'],
];

/** What a text reaches that is kept, or compared with what is kept; each with the answer to a text that no store can keep. */
const texts: [name: string, as: Who, operation: (text: string) => Operation, expected: Attack['expected']][] = [
  [
    'the address of a login',
    'nobody',
    (text) => loginAs(text, 'some password'),
    { denied: ['UNAUTHENTICATED', 'BAD_USER_INPUT'] },
  ],
  ['the password of a login', 'nobody', (text) => loginAs('guest@brigade.test', text), BAD_INPUT],
  [
    'the name of an account',
    'nobody',
    (name) => ({
      query: 'mutation ($input: RegisterInput!) { register(input: $input) { user { name } } }',
      variables: { input: { email: `${randomUUID()}@guests.test`, password: 'a good password', name } },
    }),
    BAD_INPUT,
  ],
  ['a search', 'nobody', (text) => search({ search: text }), BAD_INPUT],
  [
    'the reason of a cancellation',
    'guest',
    (reason) => ({
      query:
        'mutation ($reason: String!) { cancelOrder(id: "00000000-0000-7000-8000-000000000000", reason: $reason) { order { id } } }',
      variables: { reason },
    }),
    BAD_INPUT,
  ],
  [
    'the token of a card',
    'guest',
    (token) => ({
      query: 'mutation ($token: String!) { addPaymentMethod(input: { token: $token }) { id } }',
      variables: { token },
    }),
    { denied: ['BAD_USER_INPUT', 'INVALID_PAYMENT_TOKEN'] },
  ],
  [
    'the id of a station',
    'staff',
    (id) => ({ query: 'query ($id: ID!) { station(id: $id) { id } }', variables: { id } }),
    BAD_INPUT,
  ],
  [
    'the consumer of dead letters',
    'manager',
    (consumer) => ({
      query: 'query ($consumer: String) { deadLetters(first: 1, consumer: $consumer) { edges { cursor } } }',
      variables: { consumer },
    }),
    BAD_INPUT,
  ],
];

/** Input that wants to be more than a value. */
export const injection: readonly Attack[] = [
  ...operators.map((operator): Attack => ({
    name: `an operator in the place of an id: ${JSON.stringify(operator)}`,
    over: everyTransport,
    operation: dishById(operator),
    expected: BAD_VARIABLE,
  })),
  ...operators.map((operator): Attack => ({
    name: `an operator in the place of a text to search for: ${JSON.stringify(operator)}`,
    over: ['fast lane', 'WebSocket'],
    operation: search({ search: operator }),
    expected: BAD_VARIABLE,
  })),
  ...operators.map((operator): Attack => ({
    name: `an operator in the place of a password: ${JSON.stringify(operator)}`,
    over: ['fast lane', 'WebSocket'],
    operation: loginAs('guest@brigade.test', operator),
    expected: BAD_VARIABLE,
  })),
  {
    name: 'an operator as a key of a filter',
    over: everyTransport,
    operation: search({ $where: 'sleep(1000)' }),
    expected: BAD_VARIABLE,
  },
  {
    name: 'an operator as a text is a text',
    over: everyTransport,
    operation: dishById('{"$ne":null}'),
    expected: { data: { dish: null } },
  },
  {
    name: 'a category that is an operator as a text',
    over: everyTransport,
    operation: search({ categoryId: '{"$ne":null}' }),
    expected: BAD_INPUT,
  },
  ...sql.flatMap((text): Attack[] => [
    {
      name: `SQL in the id of an order: ${text}`,
      over: everyTransport,
      as: 'guest',
      operation: { query: 'query ($id: ID!) { order(id: $id) { id } }', variables: { id: text } },
      expected: BAD_INPUT,
    },
    {
      name: `SQL in the address of a login: ${text}`,
      over: ['fast lane', 'compatibility lane'],
      operation: loginAs(text, text),
      expected: { denied: 'UNAUTHENTICATED' },
    },
    {
      name: `SQL in the id of an order whose tickets are watched: ${text}`,
      over: streamTransports,
      as: 'guest',
      operation: { query: 'subscription ($id: ID!) { ticketChanged(orderId: $id) { id } }', variables: { id: text } },
      expected: { nothing: NOT_THERE },
    },
    {
      name: `SQL in a name is a name: ${text}`,
      over: ['fast lane'],
      operation: {
        query: 'mutation ($input: RegisterInput!) { register(input: $input) { user { name } } }',
        variables: { input: { email: `${randomUUID()}@guests.test`, password: 'a good password', name: text } },
      },
      expected: { data: { register: { user: { name: text } } } },
    },
    {
      name: `SQL in a search finds what it says: ${text}`,
      over: ['fast lane'],
      operation: search({ search: `zzz ${text}` }),
      expected: { data: { dishes: { edges: expect.any(Array) as unknown } } },
    },
  ]),
  ...lists.flatMap(([list, as, query]) =>
    cursors.map(([name, key]): Attack => ({
      name: `a cursor of ${list} that holds ${name}`,
      over: ['fast lane', 'GET'],
      as,
      operation: { query, variables: { after: encoded(key) } },
      expected: { nothing: 'BAD_USER_INPUT' },
    })),
  ),
  ...texts.flatMap(([place, as, operation, expected]) =>
    unkeepable.map(([name, text]): Attack => ({
      name: `${name} in ${place}`,
      over: ['fast lane'],
      as,
      operation: operation(text),
      expected,
    })),
  ),
  ...[0, -1, 101, 2_147_483_647].map((first): Attack => ({
    name: `a page of ${first}`,
    over: everyTransport,
    operation: { query: `{ dishes(first: ${first}) { edges { cursor } } }` },
    expected: { nothing: ['BAD_USER_INPUT', 'OPERATION_TOO_EXPENSIVE'] },
  })),
  ...['2147483648', '1e400', '1.5'].map((first): Attack => ({
    name: `a page of ${first}`,
    over: everyTransport,
    operation: { query: `{ dishes(first: ${first}) { edges { cursor } } }` },
    expected: { refused: 400, code: 'GRAPHQL_VALIDATION_FAILED' },
  })),
  {
    name: 'a name of a megabyte, nearly',
    over: bodyTransports,
    operation: {
      query: 'mutation ($input: RegisterInput!) { register(input: $input) { user { name } } }',
      variables: { input: { email: 'long@guests.test', password: 'a good password', name: 'x'.repeat(900_000) } },
    },
    expected: BAD_INPUT,
  },
  {
    name: 'a password of a megabyte, nearly: it is not hashed',
    over: bodyTransports,
    operation: loginAs('guest@brigade.test', 'x'.repeat(900_000)),
    expected: { denied: ['BAD_USER_INPUT', 'UNAUTHENTICATED'] },
  },
];
