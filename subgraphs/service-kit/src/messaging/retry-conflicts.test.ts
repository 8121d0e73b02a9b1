import { describe, expect, test } from '@jest/globals';
import { ConcurrencyConflict } from '../errors/delivery-errors.ts';
import { retryConflicts } from './retry-conflicts.ts';

const failing = (error: unknown, times: number) => {
  const work = async () => {
    work.calls += 1;
    if (work.calls <= times) throw error;
    return 'done';
  };
  work.calls = 0;
  return work;
};

describe('a lost race', () => {
  test.each<[string, unknown]>([
    ['a stream that has grown', new ConcurrencyConflict('x')],
    ['an optimistic lock', Object.assign(new Error('x'), { name: 'OptimisticLockError' })],
    ['a serialisation failure', Object.assign(new Error('x'), { code: '40001' })],
    ['a deadlock', Object.assign(new Error('x'), { code: '40P01' })],
    ['a write conflict', Object.assign(new Error('x'), { code: 112 })],
    [
      'a transient transaction error',
      Object.assign(new Error('x'), { hasErrorLabel: (label: string) => label === 'TransientTransactionError' }),
    ],
    ['one wrapped by the ORM', new Error('x', { cause: Object.assign(new Error('y'), { code: '40001' }) })],
  ])('is tried again: %s', async (_title, error) => {
    const work = failing(error, 2);
    expect(await retryConflicts(work)).toBe('done');
    expect(work.calls).toBe(3);
  });

  test('is told after five attempts', async () => {
    const work = failing(new ConcurrencyConflict('still'), Number.POSITIVE_INFINITY);
    await expect(retryConflicts(work)).rejects.toThrow('still');
    expect(work.calls).toBe(5);
  });
});

test.each([new Error('x'), Object.assign(new Error('x'), { code: '23505' })])(
  'any other error is told at once',
  async (error) => {
    const work = failing(error, 1);
    await expect(retryConflicts(work)).rejects.toBe(error);
    expect(work.calls).toBe(1);
  },
);
