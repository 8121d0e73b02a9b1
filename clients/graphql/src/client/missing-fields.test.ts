import { expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { missingFields } from './missing-fields.ts';

const document = parse(`
  query Order($id: ID!) { order(id: $id) { id reason ...Parts } }
  fragment Parts on Order { paid: payment { status } tickets { step { name } } }
`);

test('the field that a service left out, by the name that the answer gives it', () => {
  const order = { id: '1', reason: null, paid: null, tickets: [{ step: null }] };
  expect(missingFields(document, { order })).toEqual(['paid']);
});

test('where all that is near is there, what is further away', () => {
  const order = {
    id: '1',
    reason: null,
    paid: { status: 'CAPTURED' },
    tickets: [{ step: { name: 'bake' } }, { step: null }],
  };
  expect(missingFields(document, { order })).toEqual(['step']);
});

test('an answer without data lacks all that was asked for', () => {
  expect(missingFields(document, null)).toEqual(['order']);
});

test('what is whole lacks nothing', () => {
  expect(missingFields(document, { order: { id: '1', reason: null, paid: { status: 'X' }, tickets: [] } })).toEqual([]);
});
