import { expect, test } from '@jest/globals';
import { filterFrom } from './order-filter.ts';

test.each([
  ['', null],
  ['status=READY&status=PAID', { statuses: ['READY', 'PAID'] }],
  ['status=NONSENSE', null],
  ['search=%20pizza%20&status=FAILED', { statuses: ['FAILED'], search: 'pizza' }],
])('the address ?%s asks for %j', (address, filter) => {
  expect(filterFrom(new URLSearchParams(address))).toEqual(filter);
});
