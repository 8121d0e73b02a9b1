import { describe, expect, test } from '@jest/globals';
import { parse, print, stripIgnoredCharacters } from 'graphql';
import { selectMutationFieldsOnce } from './mutation-fields.ts';
import { PlanRefused } from './plan-errors.ts';

const once = (text: string): string =>
  stripIgnoredCharacters(print(selectMutationFieldsOnce(parse(text), undefined).definitions[0] as never));

describe('the root fields of a mutation', () => {
  test('leave no fragment behind that only they were in', () => {
    const text = 'mutation{a{c} ...F}fragment F on Mutation{x:a{c} a{...G}}fragment G on A{...H}fragment H on A{b}';
    const { definitions } = selectMutationFieldsOnce(parse(text), undefined);
    expect(definitions.map((one) => ('name' in one && one.name?.value) || one.kind)).toEqual([
      'OperationDefinition',
      'G',
      'H',
    ]);
  });

  test.each([
    ['mutation{a b}', 'mutation{a b}'],
    ['mutation{a b a}', 'mutation{a b}'],
    ['mutation{a{x} b a{y}}', 'mutation{a{x y} b}'],
    ['mutation{a ...F}fragment F on Mutation{b a}', 'mutation{a b}'],
    ['mutation{...F x:a}fragment F on Mutation{b a}', 'mutation{b a x:a}'],
    ['mutation{a@include(if:true) b a}', 'mutation{a b}'],
    ['mutation{a@skip(if:true) b a}', 'mutation{b a}'],
    [
      'mutation($c:Boolean!){...@include(if:$c){b@skip(if:$c)} a a}',
      'mutation($c:Boolean!){...@include(if:$c){b@skip(if:$c)}a}',
    ],
    ['query{a b a}', 'query{a b a}'],
  ])('%s stand once each, in the order in which they are executed', (text, expected) => {
    expect(once(text)).toBe(stripIgnoredCharacters(print(parse(expected))));
  });

  test.each([
    'mutation($c:Boolean!){a@include(if:$c) b a}',
    'mutation($c:Boolean!){...@skip(if:$c){a} b a}',
    'mutation($c:Boolean!){a ...F@include(if:$c)}fragment F on Mutation{a}',
  ])('are refused where a variable decides which of two counts: %s', (text) => {
    expect(() => once(text)).toThrow(PlanRefused);
  });
});
