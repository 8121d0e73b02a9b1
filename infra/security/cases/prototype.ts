import { expect } from '@jest/globals';
import type { Attack } from '../src/attack.ts';
import { bodyTransports, everyTransport, plainTransports, type Operation } from '../src/transports/index.ts';

/** As it is sent: written as an object, `__proto__` would be no key but the object's prototype. */
const json = (text: string): unknown => JSON.parse(text);

/** Fields that a subgraph leaves out are null, and it is said. */
const INCOMPLETE = 'INCOMPLETE_SUBGRAPH_RESPONSE';
const nothingPolluted = { polluted: null, name: null } as const;

/** Answers of subgraphs that try to change what every object of the router has. */
const answers: [name: string, operation: Operation, told: Attack['expected']][] = [
  [
    'in an object',
    { query: '{ thing(id: "pollutes") { id name polluted } }' },
    { data: { thing: { id: '1', ...nothingPolluted } }, beside: INCOMPLETE },
  ],
  [
    'at the root',
    { query: '{ thing(id: "pollutes-root") { id name polluted } }' },
    { data: { thing: { id: '1', ...nothingPolluted } }, beside: INCOMPLETE },
  ],
  [
    'in an entity',
    { query: '{ thing(id: "pollutes-entity") { id extra tainted } }' },
    { data: { thing: { id: 'entity', extra: 'more', tainted: null } }, beside: INCOMPLETE },
  ],
  ['in an error', { query: '{ thing(id: "pollutes-error") { id } }' }, { denied: 'NOT_FOUND' }],
];

/** Names that mean something to JavaScript, as names in GraphQL. */
export const prototype: readonly Attack[] = [
  {
    name: 'aliases of root fields',
    over: everyTransport,
    operation: {
      query: '{ __proto__: me { id } constructor: me { id } hasOwnProperty: me { id } toString: me { id } }',
    },
    expected: { data: json('{"__proto__":null,"constructor":null,"hasOwnProperty":null,"toString":null}') },
    holds: (_stage, { text }) => expect(text.replaceAll('\\', '')).toContain('"__proto__":null'),
  },
  {
    name: 'aliases at every level',
    over: everyTransport,
    operation: {
      query:
        '{ constructor: dishes(first: 1) { __proto__: edges { valueOf: node { __proto__: __typename toJSON: __typename } } } }',
    },
    expected: {
      data: json('{"constructor":{"__proto__":[{"valueOf":{"__proto__":"Dish","toJSON":"Dish"}}]}}'),
    },
    holds: (_stage, { text }) => expect(text.replaceAll('\\', '')).toContain('"__proto__":"Dish"'),
  },
  {
    name: 'aliases of what comes from another subgraph',
    over: everyTransport,
    operation: ({ belongings: { dishId } }) => ({
      query: 'query ($id: ID!) { dish(id: $id) { __proto__: availablePortions constructor: availablePortions } }',
      variables: { id: dishId },
    }),
    expected: {
      data: { dish: expect.objectContaining({ constructor: expect.any(Number) as unknown }) as unknown },
    },
    holds: (_stage, { text }) => expect(text.replaceAll('\\', '')).toMatch(/"__proto__":\d+/),
  },
  {
    name: 'aliases that a subgraph answers to in kind',
    door: 'hostile',
    over: everyTransport,
    operation: { query: '{ __proto__: thing(id: "aliased") { constructor: name __proto__: id } }' },
    expected: { data: json('{"__proto__":{"constructor":"a name","__proto__":"1"}}') },
  },
  {
    name: 'variables that nobody declared',
    over: everyTransport,
    operation: {
      query: '{ me { id } }',
      variables: json(
        '{"__proto__":{"query":"{ __schema { queryType { name } } }"},"constructor":{"prototype":{"a":1}}}',
      ),
    },
    expected: { data: { me: null } },
  },
  {
    name: 'a variable of that name',
    over: everyTransport,
    operation: {
      query:
        'query ($__proto__: ID!, $constructor: ID!) { dish(id: $__proto__) { id } ingredient(id: $constructor) { id } }',
      variables: json(
        '{"__proto__":"00000000-0000-7000-8000-000000000000","constructor":"00000000-0000-7000-8000-000000000000"}',
      ),
    },
    expected: { data: { dish: null, ingredient: null } },
  },
  {
    name: 'a variable of that name that is not given',
    over: everyTransport,
    operation: { query: 'query ($constructor: ID!) { dish(id: $constructor) { id } }', variables: {} },
    expected: { refused: 400, code: 'BAD_USER_INPUT' },
  },
  {
    name: 'keys of an input',
    over: bodyTransports,
    operation: {
      query: 'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }',
      variables: json('{"input":{"email":"a@b.test","password":"12345678","__proto__":{"roles":["ADMIN"]}}}'),
    },
    expected: { refused: 400, code: 'BAD_USER_INPUT' },
  },
  {
    name: 'required keys of an input, by its prototype',
    over: bodyTransports,
    operation: {
      query: 'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }',
      variables: json('{"input":{"__proto__":{"email":"guest@brigade.test","password":"brigade-demo"}}}'),
    },
    expected: { refused: 400, code: 'BAD_USER_INPUT' },
  },
  {
    name: 'the name of an operation',
    over: everyTransport,
    operation: { query: 'query A { me { id } }', operationName: '__proto__' },
    expected: { refused: 400, code: 'OPERATION_RESOLUTION_FAILURE' },
  },
  {
    name: 'a query that only the prototype has',
    over: ['fast lane', 'compatibility lane', 'server-sent events', 'multipart'],
    operation: json('{"__proto__":{"query":"{ me { id } }"}}') as Operation,
    expected: { refused: 400, code: 'BAD_REQUEST' },
  },
  {
    name: 'a persisted query that only the prototype has',
    over: plainTransports,
    operation: { extensions: json('{"__proto__":{"persistedQuery":{"version":1,"sha256Hash":"__proto__"}}}') },
    expected: { refused: 400, code: 'BAD_REQUEST' },
  },
  {
    name: 'the hash of a persisted query',
    over: plainTransports,
    operation: { extensions: { persistedQuery: { version: 1, sha256Hash: '__proto__' } } },
    expected: { denied: ['PERSISTED_QUERY_NOT_FOUND', 'BAD_REQUEST'] },
  },
  ...answers.map(([name, operation, expected]): Attack => ({
    name: `JSON of a subgraph, ${name}`,
    door: 'hostile',
    over: everyTransport,
    operation,
    expected,
    holds: (_stage, { body }) => expect(JSON.stringify(body?.data)).not.toContain('yes'),
  })),
];
