import { expect, test } from '@jest/globals';
import { leadsToNull } from './unasked-entities.ts';

const data = { books: [{ price: null, name: 'Sea', constructor: 1 }, null], shop: null };

test.each([
  ['a null', ['books', 0, 'price'], true],
  ['below a null', ['books', 1, 'price'], true],
  ['below another', ['shop', 'owner', 'name'], true],
  ['what another request brought', ['books', 0, 'name'], false],
  ['what is not selected', ['books', 0, 'weight'], false],
  ['what every object has', ['books', 0, 'toString'], false],
  ['beyond the end of a list', ['books', 2, 'price'], false],
])('only a null is explained by an error: %s', (_what, path, expected) => {
  expect(leadsToNull(path, data)).toBe(expected);
  expect(leadsToNull(path, null)).toBe(true);
});
