import { expect, test } from '@jest/globals';
import { GraphQLError, type ExecutionResult } from 'graphql';
import { compareAnswers } from './compare-answers.ts';
import type { RouterAnswer } from './model-router.ts';

const failing = (path: readonly (string | number)[]) => new GraphQLError('it fails', { path });
const formatted = (path: readonly (string | number)[]) => ({ message: 'it fails', path });
const unasked = (path: readonly (string | number)[]) => ({
  ...formatted(path),
  extensions: { code: 'INCOMPLETE_SUBGRAPH_RESPONSE' },
});

const cases: Readonly<Record<string, [ExecutionResult, RouterAnswer, string | undefined]>> = {
  'the same data': [{ data: { a: 1, b: [null] } }, { data: { a: 1, b: [null] } }, undefined],
  'two fields with the values of each other': [{ data: { a: 1, b: 2 } }, { data: { a: 2, b: 1 } }, 'the data differ'],
  'another order of fields': [{ data: { a: 1, b: 2 } }, { data: { b: 2, a: 1 } }, 'the data differ'],
  'a field too many': [{ data: { a: 1 } }, { data: { a: 1, b: 2 } }, 'the data differ'],
  'null for an empty object': [{ data: { a: {} } }, { data: { a: null } }, 'the data differ'],
  'no error': [{ data: { a: null }, errors: [failing(['a'])] }, { data: { a: null } }, 'no error for a'],
  'an error too many': [{ data: { a: null } }, { data: { a: null }, errors: [formatted(['a'])] }, 'an error for a'],
  'an error with the name that a plan gave a field': [
    { data: { a: [{ b: null }] }, errors: [failing(['a', 0, 'b'])] },
    { data: { a: [{ b: null }] }, errors: [formatted(['a', 0, 'b__alias_0'])] },
    'no error for a.0.b',
  ],
  'different errors below one null': [
    { data: { a: null }, errors: [failing(['a', 'b'])] },
    { data: { a: null }, errors: [formatted(['a', 'c', 0])] },
    undefined,
  ],
  'an error for what is not null': [
    { data: { a: 1 } },
    { data: { a: 1 }, errors: [formatted(['a'])] },
    'an error for a, which is no null',
  ],
  'null, with an error, for what was not asked for where something else failed': [
    { data: { a: null, b: { c: 1 } }, errors: [failing(['a'])] },
    { data: { a: null, b: { c: null } }, errors: [formatted(['a']), unasked(['b', 'c'])] },
    undefined,
  ],
  'the same where nothing failed': [
    { data: { b: { c: 1 } } },
    { data: { b: { c: null } }, errors: [unasked(['b', 'c'])] },
    'the data differ',
  ],
  'the same without an error': [
    { data: { a: null, b: { c: 1 } }, errors: [failing(['a'])] },
    { data: { a: null, b: { c: null } }, errors: [formatted(['a'])] },
    'the data differ',
  ],
  'a refusal': [
    { data: { a: 1 } },
    { refused: 'SOME_CODE', why: 'it is too much' },
    'refused: SOME_CODE: it is too much',
  ],
  'a fault of the router': [{ data: { a: 1 } }, { failed: 'it breaks' }, 'the router fails: it breaks'],
};

test.each(Object.entries(cases))('%s', (_name, [expected, found, difference]) => {
  expect(compareAnswers(expected, found)).toBe(difference);
});
