import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Attack } from '../src/attack.ts';
import { listedOperation } from '../src/settings.ts';
import { bodyTransports, everyTransport, transports, type Operation } from '../src/transports/index.ts';

const NOT_LISTED = { refused: 400, code: 'OPERATION_NOT_ALLOWED' } as const;
const MENU = listedOperation('menu');
const ME = '{ me { id } }';
const persisted = (query: string): Operation['extensions'] => ({
  persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') },
});

/** Operations that nobody has listed, some of them in the clothes of one. */
const strangers: [name: string, query: string, operationName?: string][] = [
  ['any other', ME],
  ['a listed one with a field more', MENU.replace('name', 'name description')],
  ['a listed one with a field less', MENU.replace('availablePortions', '')],
  ['a listed one with another alias', MENU.replace('name', 'x: name')],
  ['a listed one with another default', MENU.replace('= 10', '= 100')],
  ['beside a listed one', `${MENU} query Other { me { id } }`, 'Other'],
  ['a listed one beside another', `${MENU} query Other { me { id } }`, 'Menu'],
  ['nothing but a type name', '{ __typename }'],
];

/** A router that runs only the operations that clients are known to send. */
export const safelist: readonly Attack[] = [
  ...strangers.map(([name, query, operationName]): Attack => ({
    name: `what is not listed: ${name}`,
    door: 'safelisted',
    over: everyTransport,
    operation: { query, ...(operationName && { operationName }) },
    expected: NOT_LISTED,
  })),
  {
    name: 'what is not listed: a mutation',
    door: 'safelisted',
    over: bodyTransports,
    operation: { query: 'mutation { logout(refreshToken: "none") }' },
    expected: NOT_LISTED,
  },
  {
    name: 'what is not listed, with its hash: it is not kept',
    door: 'safelisted',
    over: everyTransport,
    operation: { query: ME, extensions: persisted(ME) },
    expected: NOT_LISTED,
    async holds(stage) {
      const { url } = await stage.door('safelisted');
      const { body } = await transports['fast lane'](url, { extensions: persisted(ME) });
      expect(body?.errors?.[0]?.extensions?.code).toMatch(/^(PERSISTED_QUERY_NOT_FOUND|OPERATION_NOT_ALLOWED)$/);
    },
  },
  {
    name: 'what is not listed, by the hash of what another router has kept',
    door: 'safelisted',
    over: everyTransport,
    async operation(stage) {
      const query = '{ categories { id } }';
      const { url } = await stage.door('production');
      await transports['fast lane'](url, { query, extensions: persisted(query) });
      return { extensions: persisted(query) };
    },
    expected: { nothing: ['PERSISTED_QUERY_NOT_FOUND', 'OPERATION_NOT_ALLOWED'] },
  },
  {
    name: 'what is not refused: a listed one',
    door: 'safelisted',
    over: everyTransport,
    operation: { query: MENU, variables: { first: 1 } },
    expected: { data: { dishes: { edges: [expect.anything()], pageInfo: expect.anything() as unknown } } },
  },
];
