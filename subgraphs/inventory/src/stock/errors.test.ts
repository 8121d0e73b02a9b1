import { expect, test } from '@jest/globals';
import { UnknownIngredient } from './errors.ts';

test('an unknown ingredient is not found, by name', () => {
  const error = new UnknownIngredient('flour');
  expect(error.code).toBe('NOT_FOUND');
  expect(error.message).toContain('flour');
});
