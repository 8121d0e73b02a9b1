import { expect, test } from '@jest/globals';
import { givenFields } from './given-fields.ts';
import { needsOf } from './needs.ts';
import { parseFieldSet } from './supergraph-types.ts';

const field = (name: string, ...selections: object[]) => ({
  kind: 'Field' as const,
  name,
  ...(selections.length > 0 && { selections: selections as never }),
});
const fragment = (...selections: object[]) => ({
  kind: 'InlineFragment' as const,
  typeCondition: 'Book',
  selections: selections as never,
});
const needs = (fields: string) => needsOf(parseFieldSet(fields));

test('of a field that is given in two places only the part is left that is needed', () => {
  const given = [fragment(field('id'), fragment(field('size', field('width'))), field('size', field('name')))];
  const found = givenFields(given, needs('size { width }'), needs('size { width name }'), () => [needs('id')]);
  expect(found).toEqual([fragment(field('id'), fragment(field('size', field('width'))))]);
});
