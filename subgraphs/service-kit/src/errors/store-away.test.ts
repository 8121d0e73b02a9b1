import { describe, expect, test } from '@jest/globals';
import { isStoreAway } from './store-away.ts';

const error = (message: string, more: object = {}) => Object.assign(new Error(message), more);

describe('a store that is away', () => {
  test.each([
    ['nobody listens', error('connect ECONNREFUSED', { code: 'ECONNREFUSED' })],
    ['the line is cut', error('Connection terminated unexpectedly')],
    ['the server is shutting down', error('terminating connection', { code: '57P01' })],
    ['no Mongo server', error('connection closed', { name: 'MongoServerSelectionError' })],
    ['a cut line to Mongo, as MikroORM passes it on', error('connection 3 to 127.0.0.1:27017 closed')],
    ['wrapped', error('query failed', { cause: error('read', { code: 'ECONNRESET' }) })],
  ])('%s', (_what, fault) => expect(isStoreAway(fault)).toBe(true));

  test.each([
    ['a broken rule of the database', error('duplicate key', { code: '23505' })],
    ['a lock that was not had in time', error('canceling statement', { code: '55P03' })],
    ['a fault of ours', new TypeError('undefined is not a function')],
    ['nothing', undefined],
  ])('not: %s', (_what, fault) => expect(isStoreAway(fault)).toBe(false));

  test('an error that is its own cause', () => {
    const fault = error('round');
    fault.cause = fault;
    expect(isStoreAway(fault)).toBe(false);
  });
});
