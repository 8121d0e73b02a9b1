import { expect } from '@jest/globals';
import type { Attack } from '../src/attack.ts';
import { bodyTransports, everyTransport } from '../src/transports/index.ts';

const TOO_LARGE = { refused: 400, code: 'OPERATION_TOO_LARGE' } as const;
const INVALID = { refused: 400, code: 'GRAPHQL_VALIDATION_FAILED' } as const;
const UNREADABLE = { refused: 400, code: 'GRAPHQL_PARSE_FAILED' } as const;

const times = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_none, n) => part(n)).join(' ');
const nested = (depth: number, open: string, inner: string, close: string): string =>
  `${open.repeat(depth)}${inner}${close.repeat(depth)}`;

/** Order and customer, to and fro. */
const deep = (levels: number) =>
  `{ me ${nested(levels, '{ orders { edges { node { customer ', '{ id }', ' } } } }')} }`;

/** Each fragment spreads the next one twice. */
const doubling = (levels: number): string =>
  `{ me { ...F0 } } ${times(levels, (n) => `fragment F${n} on User { ...F${n + 1} ...F${n + 1} }`)} fragment F${levels} on User { a: id }`;

/** 66 KB of it, within the limit of tokens: what makes it long means nothing. */
const long = (text: string): string => text.padEnd(66_000, ' ');

/** Each link can be followed in four subgraphs, in two ways: the ways to fetch them all are beyond counting. */
const chain = (depth: number): string =>
  depth === 0 ? 'id' : `left { ${chain(depth - 1)} } right { ${chain(depth - 1)} }`;

/** Small texts that would cost much. */
export const bombs: readonly Attack[] = [
  { name: 'too deep', over: everyTransport, operation: { query: deep(4) }, expected: TOO_LARGE },
  { name: 'very deep', over: bodyTransports, operation: { query: deep(300) }, expected: UNREADABLE },
  {
    name: 'depth by fragments',
    over: everyTransport,
    operation: {
      query: `{ me { ...A } } ${['A', 'B', 'C', 'D']
        .map(
          (name, n, all) =>
            `fragment ${name} on User { orders { edges { node { customer { ${all[n + 1] ? `...${all[n + 1]}` : 'id'} } } } } }`,
        )
        .join(' ')}`,
    },
    expected: TOO_LARGE,
  },
  {
    name: 'aliases of one field',
    over: everyTransport,
    operation: { query: `{ me { ${times(31, (n) => `a${n}: id`)} } }` },
    expected: TOO_LARGE,
  },
  {
    name: 'aliases of a costly root field',
    over: everyTransport,
    operation: { query: `{ ${times(21, (n) => `a${n}: dishes(first: 100) { edges { cursor } }`)} }` },
    expected: TOO_LARGE,
  },
  {
    name: 'a thousand aliases',
    over: bodyTransports,
    operation: { query: `{ me { ${times(1_000, (n) => `a${n}: id`)} } }` },
    expected: TOO_LARGE,
  },
  {
    name: 'one field a thousand times at the root',
    over: bodyTransports,
    operation: { query: `{ ${times(1_000, () => 'me { id }')} }` },
    expected: INVALID,
  },
  {
    name: 'one field as often as tokens allow',
    over: bodyTransports,
    operation: { query: `{ me { ${times(4_980, () => 'id')} } }` },
    expected: INVALID,
  },
  {
    name: 'one object as often as tokens allow',
    over: bodyTransports,
    operation: { query: `{ me { ${times(700, () => 'orders { edges { cursor } }')} } }` },
    expected: INVALID,
  },
  {
    name: 'too many tokens',
    over: bodyTransports,
    operation: { query: `{ me { ${times(5_001, () => 'id')} } }` },
    expected: UNREADABLE,
  },
  {
    name: 'too many tokens where only the variables are declared',
    over: bodyTransports,
    operation: { query: `query (${times(2_000, (n) => `$v${n}: Int`)}) { me { id } }` },
    expected: UNREADABLE,
  },
  {
    name: 'directives on many fields',
    over: bodyTransports,
    operation: { query: `{ me { ${times(51, () => 'id @include(if: true)')} } }` },
    expected: TOO_LARGE,
  },
  {
    name: 'one directive many times on one field',
    over: bodyTransports,
    operation: { query: `{ me { id ${times(1_500, () => '@a')} } }` },
    expected: INVALID,
  },
  {
    name: 'fragments that double each other',
    over: bodyTransports,
    operation: { query: doubling(30) },
    expected: TOO_LARGE,
  },
  {
    name: 'three hundred fragments that double each other',
    over: bodyTransports,
    operation: { query: doubling(300) },
    expected: TOO_LARGE,
  },
  {
    name: 'fragments in a circle',
    over: everyTransport,
    operation: { query: '{ me { ...A } } fragment A on User { ...B } fragment B on User { ...A }' },
    expected: INVALID,
  },
  {
    name: 'a fragment that spreads itself, twice',
    over: everyTransport,
    operation: { query: '{ me { ...A } } fragment A on User { orders { edges { node { customer { ...A ...A } } } } }' },
    expected: INVALID,
  },
  {
    name: 'fragments that nobody spreads',
    over: bodyTransports,
    operation: { query: `{ me { id } } ${times(600, (n) => `fragment F${n} on User { id }`)}` },
    expected: INVALID,
  },
  {
    name: '66 KB of inline fragments, side by side',
    over: bodyTransports,
    operation: { query: long(`{ ${times(800, () => '... { me { id } }')} }`) },
    expected: UNREADABLE,
  },
  {
    name: '66 KB of inline fragments, side by side, as many as tokens allow',
    over: bodyTransports,
    operation: { query: long(`{ me { ${times(800, () => '... on User { id }')} } }`) },
    expected: INVALID,
  },
  {
    name: '66 KB of inline fragments, one within the other',
    over: bodyTransports,
    operation: { query: long(`{ me ${nested(1_600, '{ ... ', '{ id }', ' }')} }`) },
    expected: UNREADABLE,
  },
  {
    name: 'a list of lists of lists, as an argument',
    over: bodyTransports,
    operation: { query: `{ dish(id: ${nested(2_400, '[', '1', ']')}) { id } }` },
    expected: { refused: 400, code: ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED'] },
    holds: (_stage, { text }) => expect(text).not.toMatch(/call stack/i),
  },
  {
    name: 'objects in objects, as an argument',
    over: bodyTransports,
    operation: { query: `{ dishes(filter: ${nested(1_200, '{ a: ', '1', ' }')}) { edges { cursor } } }` },
    expected: UNREADABLE,
  },
  {
    name: 'lists of lists of lists, in a variable',
    over: bodyTransports,
    operation: {
      query: 'query ($id: ID!) { dish(id: $id) { id } }',
      variables: JSON.parse(`{"id":${nested(1_000, '[', '1', ']')}}`) as unknown,
    },
    expected: { refused: 400, code: 'BAD_USER_INPUT' },
  },
  {
    name: 'errors without end: one mistake a thousand times',
    over: bodyTransports,
    operation: { query: `{ me { ${times(1_000, (n) => `nothing${n}`)} } }` },
    expected: INVALID,
  },
  {
    name: 'a plan without end',
    door: 'hostile',
    over: bodyTransports,
    operation: { query: `{ chain { ${chain(8)} } }` },
    expected: { refused: 400, code: 'OPERATION_TOO_COMPLEX' },
  },
  {
    name: 'a list of a million',
    over: everyTransport,
    operation: { query: '{ dishes(first: 1000000) { edges { node { id name recipe { steps { name } } } } } }' },
    expected: { refused: 400, code: 'OPERATION_TOO_EXPENSIVE' },
  },
  {
    name: 'a list of a million, by a variable',
    over: everyTransport,
    operation: {
      query: 'query ($first: Int!) { dishes(first: $first) { edges { node { id } } } }',
      variables: { first: 1_000_000 },
    },
    expected: { refused: 400, code: 'OPERATION_TOO_EXPENSIVE' },
  },
  {
    name: 'a list of a million gets nothing',
    over: everyTransport,
    operation: { query: '{ dishes(first: 1000000) { edges { cursor } } }' },
    expected: { nothing: ['BAD_USER_INPUT', 'OPERATION_TOO_EXPENSIVE'] },
  },
  {
    name: 'lists of lists that cost too much',
    over: everyTransport,
    as: 'guest',
    operation: {
      query:
        '{ me { orders(first: 100) { edges { node { customer { orders(first: 100) { edges { node { lines { dish { name } } } } } } } } } } }',
    },
    expected: { refused: 400, code: 'OPERATION_TOO_EXPENSIVE' },
  },
];
