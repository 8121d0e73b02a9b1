import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Kind, buildSchema, getVariableValues, parse } from 'graphql';
import { compileVariableTest } from './variable-tests.ts';

const schema = buildSchema(`
  enum Size { SMALL LARGE }
  input Box { size: Size }
  scalar Anything
  type Query { a(i: Int, s: String, id: ID, f: Float, b: Boolean): Int }
`);

function of(variables: string) {
  const [operation] = parse(`query (${variables}) { a }`).definitions;
  const definitions = operation?.kind === Kind.OPERATION_DEFINITION ? (operation.variableDefinitions ?? []) : [];
  return {
    isRight: compileVariableTest(definitions, schema),
    hasErrors: (given: Record<string, unknown>) => getVariableValues(schema, definitions, given).errors !== undefined,
  };
}

describe('variables that are right at first sight', () => {
  test('are right for graphql-js, whatever they are', () => {
    const { isRight, hasErrors } = of('$i: Int!, $s: String, $id: ID!, $f: Float, $b: Boolean!, $e: Size');
    const usual = { i: 1, s: 'x', id: '1', f: 1.5, b: true, e: 'SMALL' };
    expect(isRight?.(usual)).toBe(true);
    expect(isRight?.({ ...usual, s: null, f: null, e: null })).toBe(true);
    const value = fc.oneof(
      fc.constantFrom<unknown>(1, 0, -1, 2 ** 31, 1.5, 'x', '', 'SMALL', 'HUGE', true, null, undefined, [], ['x'], {}),
      fc.jsonValue(),
    );
    const names = Object.keys(usual) as (keyof typeof usual)[];
    fc.assert(
      fc.property(fc.constantFrom(...names), value, (name, other) => {
        const given = { ...usual, [name]: other };
        return !isRight?.(given) || !hasErrors(given);
      }),
      { numRuns: 2_000 },
    );
  });

  test('one that is absent is looked at by graphql-js, and so are lists, objects and scalars of the schema', () => {
    expect(of('$s: String').isRight?.({})).toBe(false);
    expect(of('$constructor: String').isRight?.({})).toBe(false);
    for (const type of ['[Int!]', 'Box', 'Anything']) expect(of(`$i: Int, $v: ${type}`).isRight).toBeUndefined();
  });
});
