import { describe, expect, test } from '@jest/globals';
import { lintSdl } from './lint-sdl.ts';

const found = (sdl: string, base?: string) => lintSdl(sdl, base).map(({ rule, coordinate }) => `${rule} ${coordinate}`);

describe('lint', () => {
  test('says nothing of what is as it should be', () => {
    const sdl = `
      """An order."""
      type Order @key(fields: "id") { """Its id.""" id: ID! """Its lines.""" lines: [Line!]! }
      """A line of an order."""
      type Line { """How many.""" quantity: Int! @deprecated(reason: "Use portions. Goes on 2027-01-31.") }
      type Query {
        """A page of orders."""
        orders("How many." first: Int): [Order!]!
        """Few by their nature."""
        latest: [Order!]! @listSize(assumedSize: 3)
      }
      """What to look for."""
      input OrderFilter { """Where it stands.""" status: Status }
      """Where an order stands."""
      enum Status { """Just placed.""" PLACED_NOW }
      extend type Line { """A name.""" name: String }
    `;
    expect(found(sdl)).toEqual([]);
  });

  test.each([
    ['"A." type order { "B." id: ID }', 'TYPE_NAMES_SHOULD_BE_PASCAL_CASE order'],
    ['"A." type Order { "B." order_id: ID }', 'FIELD_NAMES_SHOULD_BE_CAMEL_CASE Order.order_id'],
    ['"A." type Order { "B." id("C." Of: ID): ID }', 'FIELD_NAMES_SHOULD_BE_CAMEL_CASE Order.id.Of'],
    ['"A." enum Status { "B." Placed }', 'ENUM_VALUES_SHOULD_BE_SCREAMING_SNAKE_CASE Status.Placed'],
    ['"A." input Place { "B." id: ID }', 'INPUT_TYPE_SUFFIX Place'],
    ['type Order { "B." id: ID }', 'ALL_ELEMENTS_REQUIRE_DESCRIPTION Order'],
    ['"A." type Order { id: ID }', 'ALL_ELEMENTS_REQUIRE_DESCRIPTION Order.id'],
    ['"A." type Order { " " id: ID }', 'ALL_ELEMENTS_REQUIRE_DESCRIPTION Order.id'],
    ['type Query { "B." id(of: ID): ID }', 'ALL_ELEMENTS_REQUIRE_DESCRIPTION Query.id.of'],
    ['"A." type Order { "B." id: ID @deprecated }', 'DEPRECATED_DIRECTIVE_REASON Order.id'],
    ['"A." type Order { "B." id: ID @deprecated(reason: "Use key.") }', 'DEPRECATION_REQUIRES_DATE Order.id'],
    ['type Query { "B." ids: [ID!]! }', 'LISTS_REQUIRE_PAGINATION Query.ids'],
    ['"A." type A @key(fields: "id") { "B." id: ID "C." as: [A] }', 'LISTS_REQUIRE_PAGINATION A.as'],
    ['type {', 'DOCUMENT_IS_UNREADABLE '],
  ])('%s', (sdl, finding) => {
    expect(found(sdl)).toEqual([finding]);
  });

  test('says where, with bytes for texts of any script', () => {
    const [finding] = lintSdl('"Gericht: Käse"\ntype Dish { name: String }');
    expect(finding).toMatchObject({
      coordinate: 'Dish.name',
      start: { line: 2, column: 13, byteOffset: 29 },
      end: { line: 2, column: 17, byteOffset: 33 },
    });
  });

  test('leaves out what the published text has too', () => {
    const base = '"A." type Order { id: ID }';
    expect(found('"A." type Order { id: ID total: Int }', base)).toEqual([
      'ALL_ELEMENTS_REQUIRE_DESCRIPTION Order.total',
    ]);
  });
});
