import { expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { compileRepresentation } from './representations.ts';

const schema = buildSchema(
  'type Query { book: Book } type Book { id: ID! tags: [Tag] } type Tag { x: Int y: Int of: Book }',
);
const field = (name: string, ...selections: object[]) => ({
  kind: 'Field' as const,
  name,
  ...(selections.length > 0 && { selections: selections as never }),
});

test('a field that is selected twice is given with all that is selected below it', () => {
  const represent = compileRepresentation(
    [
      {
        kind: 'InlineFragment',
        typeCondition: 'Book',
        selections: [
          field('__typename'),
          field('tags', field('x'), field('y'), field('of', field('id'))),
          field('tags', field('x'), field('of', field('__typename'))),
        ],
      },
    ],
    schema,
  );
  const entity = { __typename: 'Book', tags: [{ x: 1, y: 2, of: { __typename: 'Book', id: '1' } }, null] };
  expect(represent(entity)).toEqual(entity);
  expect(represent({ __typename: 'Book', tags: [{ x: 1, y: 2 }] })).toBeUndefined();
});

test('a field that is selected in a fragment, too, is given with both', () => {
  const fragment = (...selections: object[]) => ({
    kind: 'InlineFragment' as const,
    typeCondition: 'Book',
    selections: selections as never,
  });
  const represent = compileRepresentation(
    [fragment(field('__typename'), fragment(field('tags', field('x'))), field('tags', field('y')))],
    schema,
  );
  const entity = { __typename: 'Book', tags: [{ x: 1, y: 2 }, null] };
  expect(represent(entity)).toEqual(entity);
});
