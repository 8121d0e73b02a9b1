import { describe, expect, test } from '@jest/globals';
import { things } from '../../tests/worlds/things.ts';
import { World } from '../../tests/worlds/world.ts';
import { parseExact } from './exact-json.ts';

/** What the router answers when the subgraph's answer is this: as text, and as objects. */
async function answers(query: string, thing: unknown, variables: Record<string, unknown> = {}) {
  const world = new World({ things });
  const compiled = world.compile(query, 'Q');
  const call = () => Promise.resolve(parseExact(JSON.stringify({ data: { thing } })) as never);
  return {
    text: await compiled.execute(variables, call, undefined, 'text'),
    objects: await compiled.execute(variables, call),
  };
}

describe('a response that is written at once', () => {
  test.each([
    [
      'leaves',
      '{ thing { id name size any number } }',
      { id: 1, name: 'Ä"\n', size: 'SMALL', any: { a: [1] }, number: 1.5 },
    ],
    [
      'nulls',
      '{ thing { id name size one { id } many { id } list } }',
      { id: 'a', name: null, size: null, one: null, many: null, list: [null] },
    ],
    [
      'integers beyond 2^53',
      '{ thing { id any number } }',
      { id: 2n ** 53n + 1n, any: [-(2n ** 63n)], number: 10n ** 20n },
    ],
    ['empty and nested lists', '{ thing { many { id } list } }', { many: [], list: [[], [1, -20, 300], null] }],
    [
      'types that are told',
      '{ thing { named { __typename name ... on Dog { barks } ... on Cat { lives } } } }',
      {
        named: [{ __typename: 'Dog', name: 'Rex', barks: true }, null, { __typename: 'Cat', name: 'Tom', lives: 7 }],
      },
    ],
    ['long names', `{ thing { ${'a'.repeat(100)}: name } }`, { ['a'.repeat(100)]: 'x' }],
    ['a longer one than any before', '{ thing { name } }', { name: 'é'.repeat(400_000) }],
  ])('%s', async (_what, query, thing) => {
    const { text, objects } = await answers(`query Q ${query}`, thing);
    const expected = JSON.stringify(objects);
    expect(objects.errors ?? objects.extensions).toBeUndefined();
    expect(text).toEqual({ written: { text: expected, bytes: Buffer.byteLength(expected) } });
  });

  test.each([
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ])('fields that are asked for on condition: %s, %s', async (a, b) => {
    const query = 'query Q($a: Boolean!, $b: Boolean!) { thing { id @include(if: $a) name @skip(if: $b) } }';
    const { text, objects } = await answers(query, { id: '1', name: 'x' }, { a, b });
    expect(text.written?.text).toBe(JSON.stringify(objects));
  });

  test.each([
    ['what is absent', '{ thing { id name } }', { id: '1' }],
    ['a null that bubbles up', '{ thing { must } }', { must: null }],
    ['a value that does not fit', '{ thing { size } }', { size: 'HUGE' }],
    ['a type that there is not', '{ thing { named { name } } }', { named: [{ __typename: 'Horse', name: 'Ed' }] }],
    ['no list', '{ thing { many { id } } }', { many: 'x' }],
    ['no object', '{ thing { one { id } } }', { one: 3 }],
    ['the schema', '{ thing { id } __schema { queryType { name } } }', { id: '1' }],
  ])('is left to the projector: %s', async (_what, query, thing) => {
    const { text, objects } = await answers(`query Q ${query}`, thing);
    expect(text.written).toBeUndefined();
    expect(text).toEqual(objects);
  });
});
