import { describe, expect, test } from '@jest/globals';
import { settle } from './settle.ts';

describe('settling a reservation', () => {
  test('what is paid for stays set aside until it is used up', () => {
    expect(settle('HELD', 'capture')).toEqual({ status: 'COMMITTED', movement: null, released: null });
    expect(settle('COMMITTED', 'complete')).toEqual({ status: 'CONSUMED', movement: 'consume', released: null });
  });
  test('what is given back is told, with the reason', () => {
    expect(settle('COMMITTED', 'release')).toEqual({
      status: 'RELEASED',
      movement: 'release',
      released: 'COMPENSATED',
    });
  });
  test('what is given back after its time was over says so', () => {
    expect(settle('HELD', 'release', true)).toMatchObject({ status: 'RELEASED', released: 'EXPIRED' });
  });
  test('a mark for an order that was not heard of gives nothing back and tells nothing', () => {
    expect(settle(undefined, 'release')).toEqual({ status: 'RELEASED', movement: null, released: null });
    expect(settle(undefined, 'capture')).toBeNull();
  });
  test('twice changes nothing more', () => {
    expect(settle('RELEASED', 'release')).toBeNull();
    expect(settle('COMMITTED', 'capture')).toBeNull();
    expect(settle('CONSUMED', 'release')).toBeNull();
  });
});
