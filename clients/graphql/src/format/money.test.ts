import { expect, test } from '@jest/globals';
import { formatMoney } from './money.ts';

test('money is written as the language does', () => {
  const amount = { amountMinor: 123_450, currency: 'EUR' };
  expect(formatMoney(amount, 'en')).toBe('€1,234.50');
  expect(formatMoney(amount, 'de').replaceAll(/\s/g, ' ')).toBe('1.234,50 €');
  expect(formatMoney({ amountMinor: 500, currency: 'JPY' }, 'en')).toBe('¥500');
});
