import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { expect, test } from '@jest/globals';
import { refusalOf } from './refusal.ts';

const refused = (code: string, more: Record<string, unknown> = {}) =>
  new CombinedGraphQLErrors({ errors: [{ message: 'no', extensions: { code, ...more } }] });

test.each([
  ['a dish that is gone', refused('DISH_UNAVAILABLE', { dishIds: ['a'] }), { at: 'basket', dishIds: ['a'] }],
  [
    'a field of the address',
    refused('BAD_USER_INPUT', { faults: [{ path: 'deliveryAddress.city', message: 'too long' }] }),
    { at: 'address', field: 'city', message: 'too long' },
  ],
  [
    'a card that is none',
    refused('BAD_USER_INPUT', { faults: [{ path: 'paymentMethodId', message: 'must be an id' }] }),
    { at: 'payment', reason: 'invalid' },
  ],
  ['other input', refused('BAD_USER_INPUT'), { at: 'order', reason: 'other', message: 'no' }],
  ['a session that ended', refused('UNAUTHENTICATED'), { at: 'session' }],
  ['too many orders', refused('RATE_LIMITED'), { at: 'order', reason: 'busy' }],
  ['a service that does not answer', refused('SUBGRAPH_UNAVAILABLE'), { at: 'order', reason: 'unanswered' }],
  ['no answer', new TypeError('Failed to fetch'), { at: 'order', reason: 'unanswered' }],
])('%s is said where it belongs', (_what, error, refusal) => {
  expect(refusalOf(error)).toMatchObject(refusal);
});
