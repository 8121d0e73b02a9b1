import { expect, test } from '@jest/globals';
import { validate } from 'uuid';
import { correlationIdFrom } from './correlation.ts';

test("a caller's correlation id is kept", () => {
  expect(correlationIdFrom('web:2026-11.a_1')).toBe('web:2026-11.a_1');
});

test.each([undefined, '', 7, 'x'.repeat(201), 'two\nlines', '"quoted"'])(
  'one that can not travel is replaced by a new one: %j',
  (given) => {
    expect(validate(correlationIdFrom(given))).toBe(true);
  },
);
