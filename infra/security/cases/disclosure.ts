import { expect } from '@jest/globals';
import type { Answer } from '../src/answer.ts';
import type { Attack } from '../src/attack.ts';
import { exchange } from '../src/http.ts';
import { bodyTransports, everyTransport, plainTransports } from '../src/transports/index.ts';

const INVALID = { refused: 400, code: 'GRAPHQL_VALIDATION_FAILED' } as const;
const noSuggestion = (_stage: unknown, { text }: Answer): void => expect(text).not.toMatch(/did you mean/i);

const introspection: [name: string, query: string][] = [
  ['the types of the schema', '{ __schema { types { name fields { name } } } }'],
  ['one type', '{ __type(name: "User") { fields { name } } }'],
  ['the schema under another name', '{ dishes: __schema { queryType { name } } }'],
  [
    'the schema from within a fragment',
    'query Q { ...A } fragment A on Query { ... { __schema { queryType { name } } } }',
  ],
  ['the schema by the second operation', 'query A { me { id } } query B { __schema { queryType { name } } }'],
];

const misspelt: [name: string, query: string][] = [
  ['a field', '{ dishs { edges { node { id } } } }'],
  ['a nested field', '{ me { emial } }'],
  ['an argument', '{ dish(ids: "x") { id } }'],
  ['a type', '{ me { ... on Usr { id } } }'],
  ['an enum value', '{ orders(status: COOKNG) { edges { cursor } } }'],
  ['a field of an input', 'mutation { login(input: { emial: "a", password: "b" }) { accessToken } }'],
];

/** What a stranger learns of the schema, the code and the machines: nothing. */
export const disclosure: readonly Attack[] = [
  ...introspection.map(([name, query]): Attack => ({
    name: `introspection: ${name}`,
    over: everyTransport,
    operation: { query, ...(query.includes('query B') && { operationName: 'B' }) },
    expected: INVALID,
  })),
  ...misspelt.map(([name, query]): Attack => ({
    name: `no suggestion for ${name} that is misspelt`,
    over: query.startsWith('mutation') ? bodyTransports : everyTransport,
    operation: { query },
    expected: INVALID,
    holds: noSuggestion,
  })),
  {
    name: 'no suggestion for an enum value that is misspelt in a variable',
    over: everyTransport,
    operation: {
      query: 'query ($status: OrderStatus) { orders(status: $status) { edges { cursor } } }',
      variables: { status: 'COOKNG' },
    },
    expected: { refused: 400, code: 'BAD_USER_INPUT' },
    holds: noSuggestion,
  },
  {
    name: 'no suggestion for a field of an input that is misspelt in a variable',
    over: bodyTransports,
    operation: {
      query: 'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }',
      variables: { input: { emial: 'a', password: 'b' } },
    },
    expected: { refused: 400, code: 'BAD_USER_INPUT' },
    holds: noSuggestion,
  },
  {
    name: 'introspection that goes round in circles, where introspection is allowed',
    door: 'development',
    over: everyTransport,
    operation: {
      query: `{ __schema { types { ${'fields { type { '.repeat(5)}name${' } }'.repeat(5)} } } }`,
    },
    expected: INVALID,
  },
  {
    name: 'a syntax error tells no stack',
    over: everyTransport,
    operation: { query: '{ dishes(first: 1 { edges }' },
    expected: { refused: 400, code: 'GRAPHQL_PARSE_FAILED' },
  },
  {
    name: 'what goes wrong in a subgraph is masked',
    door: 'hostile',
    over: everyTransport,
    operation: { query: '{ thing(id: "tells-all") { name } }' },
    expected: { denied: 'INTERNAL_SERVER_ERROR' },
    holds: (_stage, { text }) => expect(text).not.toMatch(/vault|things/),
  },
  {
    name: "a subgraph's refusal passes without what stands beside it",
    door: 'hostile',
    over: everyTransport,
    operation: { query: '{ thing(id: "tells-within") { name } }' },
    expected: { denied: 'NOT_FOUND' },
    holds: (_stage, { text }) => expect(text).not.toMatch(/vault|things/),
  },
  {
    name: 'an error page of a subgraph is not passed on',
    door: 'hostile',
    over: everyTransport,
    operation: { query: '{ thing(id: "no-json") { name } }' },
    expected: { denied: 'SUBGRAPH_UNAVAILABLE' },
    holds: (_stage, { text }) => expect(text).not.toMatch(/vault|things|html/),
  },
  {
    name: 'a request that fails tells of no debugging, whoever asks for it',
    over: plainTransports,
    headers: () => ({ 'x-brigade-debug': 'plan', 'apollo-query-plan-experimental': '1' }),
    operation: { query: '{ me { id } }' },
    expected: { data: { me: null } },
    holds: (_stage, { text }) => expect(text).not.toMatch(/queryPlan|fetches|extensions/),
  },
  {
    name: 'the page for trying queries is not there in production',
    by: 'HTTP',
    send: (_stage, url) => exchange(new URL('/graphiql', url).href, { headers: { accept: 'text/html' } }),
    expected: { refused: 404 },
  },
];
