import { describe, expect, test } from '@jest/globals';
import { buildSchema, parse, print, validate } from 'graphql';
import { makeResumable } from './resumable-operation.ts';

const schema = buildSchema(`
  type Query { a: Int }
  type Subscription {
    changed(id: ID!, after: String): Thing
    counted(after: Int! = 0): Thing
    required(after: ID!): Thing
  }
  type Thing { id: ID! place: String! count: Int! name(of: String): String other: Thing }`);

const make = (operation: string, field = 'changed', cursor = 'place') => {
  const made = makeResumable(operation, field, { argument: 'after', cursor }, schema);
  if (!made) throw new Error('it does not select the field');
  expect(validate(schema, parse(made.query))).toEqual([]);
  return made;
};
const text = (operation: string) => print(parse(operation));

describe('a subscription that can be resumed', () => {
  test('selects the cursor, and takes the argument from a variable', () => {
    const { query, variable } = make('subscription S__events__0($id: ID!) { changed(id: $id) { id } }');
    expect(variable).toBe('_after');
    expect(query).toBe(
      text(`subscription S__events__0($id: ID!, $_after: String) {
        changed(id: $id, after: $_after) { id _cursor: place } }`),
    );
  });

  test.each<[string, string, Record<string, unknown>, unknown]>([
    ['nothing', 'subscription { changed(id: 1) { id } }', {}, undefined],
    ['a literal', 'subscription { changed(id: 1, after: "x") { id } }', {}, 'x'],
    ['null', 'subscription { changed(id: 1, after: null) { id } }', {}, null],
    ['a variable', 'subscription ($a: String) { changed(id: 1, after: $a) { id } }', { a: 'y' }, 'y'],
    [
      'a variable that is null',
      'subscription ($a: String = "d") { changed(id: 1, after: $a) { id } }',
      { a: null },
      null,
    ],
    ['a variable that is absent', 'subscription ($a: String) { changed(id: 1, after: $a) { id } }', {}, undefined],
    ['a default', 'subscription ($a: String = "d") { changed(id: 1, after: $a) { id } }', {}, 'd'],
    [
      'an odd variable that is absent',
      'subscription ($constructor: String) { changed(id: 1, after: $constructor) { id } }',
      {},
      undefined,
    ],
    [
      'an odd variable',
      'subscription ($__proto__: String) { changed(id: 1, after: $__proto__) { id } }',
      JSON.parse('{ "__proto__": "z" }') as Record<string, unknown>,
      'z',
    ],
  ])('begins where the client says: %s', (_what, operation, variables, beginning) => {
    expect(make(operation).begin(variables)).toBe(beginning);
  });

  test('a variable that only the argument used is gone; one that is used elsewhere stays', () => {
    const gone = make('subscription ($id: ID!, $a: String) { changed(id: $id, after: $a) { id } }');
    expect([gone.uses('a'), gone.uses('id'), gone.query.includes('$a')]).toEqual([false, true, false]);
    const stays = make('subscription ($id: ID!, $a: String) { changed(id: $id, after: $a) { name(of: $a) } }');
    expect([stays.uses('a'), stays.query.includes('$a: String')]).toEqual([true, true]);
  });

  test('a default of the argument stays in force, and what must be given must be given', () => {
    expect(make('subscription { counted { id } }', 'counted', 'count').query).toContain('$_after: Int)');
    expect(make('subscription { required(after: 5) { id } }', 'required', 'id').query).toContain('$_after: ID!)');
    expect(make('subscription { required(after: 5) { id } }', 'required', 'id').begin({})).toBe(5);
  });

  test('takes the cursor out of an event, under whatever name the field and others have', () => {
    const made = make(
      'subscription ($_after: String) { x: changed(id: 1) { _cursor: id _cursor_: name(of: $_after) } }',
    );
    expect(made.variable).toBe('_after_');
    const data = { x: { _cursor: '1', _cursor_: 'n', _cursor__: 'p7' } };
    expect(made.takeCursor(data)).toBe('p7');
    expect(data).toEqual({ x: { _cursor: '1', _cursor_: 'n' } });
    for (const without of [{}, { x: null }, { x: { _cursor__: null } }]) {
      expect(made.takeCursor(without)).toBeUndefined();
    }
  });

  test('finds the field in fragments and under conditions', () => {
    const operation = `subscription { ... @include(if: true) { changed(id: 1, after: "b") { ...T } } ...F }
      fragment F on Subscription { changed(id: 1, after: "b") { other { id } } }
      fragment T on Thing { id }`;
    const made = make(operation);
    expect(made.query.match(/_cursor: place/g)).toHaveLength(2);
    expect(made.query.match(/after: \$_after/g)).toHaveLength(2);
    expect(made.begin({})).toBe('b');
  });

  test('another field is left alone', () => {
    const rule = { argument: 'after', cursor: 'place' };
    expect(makeResumable('subscription { counted { id } }', 'changed', rule, schema)).toBeUndefined();
  });
});
