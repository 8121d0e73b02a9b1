import type { Attack } from '../src/attack.ts';
import { everyTransport } from '../src/transports/index.ts';

const UNAVAILABLE = { denied: 'SUBGRAPH_UNAVAILABLE' } as const;

/** What a subgraph may answer, and what then becomes of the router. */
const answers: [name: string, id: string, expected: Attack['expected']][] = [
  ['no JSON', 'no-json', UNAVAILABLE],
  ['a list', 'list', UNAVAILABLE],
  ['more than it may', 'long', UNAVAILABLE],
  ['nothing, for ever', 'never', UNAVAILABLE],
  [
    'other types than its schema says',
    'wrong-types',
    { data: { thing: { name: null } }, beside: 'INCOMPLETE_SUBGRAPH_RESPONSE' },
  ],
  [
    'lists within lists where there is a text',
    'deep',
    { data: { thing: { name: null } }, beside: 'INCOMPLETE_SUBGRAPH_RESPONSE' },
  ],
];

/** A subgraph that is not what it was costs its own fields. */
export const hostileSubgraphs: readonly Attack[] = answers.map(([name, id, expected]) => ({
  name: `a subgraph answers ${name}`,
  door: 'hostile',
  over: everyTransport,
  operation: { query: `{ thing(id: "${id}") { name } }` },
  expected,
}));
