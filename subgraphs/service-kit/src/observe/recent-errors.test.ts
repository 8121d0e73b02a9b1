import { describe, expect, test } from '@jest/globals';
import { runInWork } from './context.ts';
import { createLogger } from './logger.ts';
import { RecentErrors } from './recent-errors.ts';

const world = (level = 'info') => {
  const errors = new RecentErrors();
  return { errors, log: createLogger('orders', level, { write: () => {} }, errors) };
};

describe('the last errors of a service', () => {
  test('are entries of level error and above, the newest first, with the work that they are of', () => {
    const { errors, log } = world();
    log.info('all is well');
    log.warn({ err: new Error('x') }, 'will try again');
    log.error('the first');
    runInWork({ correlationId: 'c-1', causationId: 'm-1' }, () => log.child({ a: 1 }).fatal({}, 'the second'));
    expect(errors.list()).toEqual([
      { at: expect.stringMatching(/^\d{4}-.*Z$/), message: 'the second', correlationId: 'c-1' },
      { at: expect.any(String), message: 'the first' },
    ]);
  });

  test('hold neither what an error says of its data, nor its stack, nor fields', () => {
    const { errors, log } = world();
    log.error({ err: new TypeError("insert into x values ('hunter2')"), password: 'hunter2' }, 'closing failed');
    log.error(new RangeError('hunter2'));
    expect(errors.list().map(({ message }) => message)).toEqual([
      'an error (RangeError)',
      'closing failed (TypeError)',
    ]);
    expect(JSON.stringify(errors.list())).not.toMatch(/hunter2|at .*\.ts/);
  });

  test('are twenty, and none of them is long', () => {
    const { errors, log } = world();
    for (let n = 1; n <= 50; n += 1) log.error(`${n} ${'x'.repeat(1_000)}`);
    expect(errors.list()).toHaveLength(20);
    expect(errors.list()[0]?.message).toMatch(/^50 x{297}$/);
  });

  test('are those that are logged', () => {
    const { errors, log } = world('silent');
    log.error('nobody hears it');
    expect(errors.list()).toEqual([]);
  });
});
