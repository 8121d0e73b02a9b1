import { describe, expect, test } from '@jest/globals';
import { BadUserInput } from '../errors/domain-error.ts';
import { MAX_PAGE, decodeCursor, decodeIdCursor, encodeCursor, pageOf, pageSize } from './connection.ts';

describe('a page', () => {
  test.each([1, MAX_PAGE])('may have %i items', (first) => expect(pageSize(first)).toBe(first));
  test.each([0, -1, MAX_PAGE + 1])('may not have %i', (first) => {
    expect(() => pageSize(first)).toThrow(BadUserInput);
  });

  test('knows from one row more that there is a next one', () => {
    expect(pageOf(['a', 'b', 'c'], 2, null, (row) => row)).toEqual({
      edges: [
        { cursor: 'a', node: 'a' },
        { cursor: 'b', node: 'b' },
      ],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: 'a', endCursor: 'b' },
    });
  });
  test('is the last without that row', () => {
    expect(pageOf(['c', 'd'], 2, 'b', (row) => row).pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: true,
      startCursor: 'c',
      endCursor: 'd',
    });
  });
  test('may be empty', () => {
    expect(pageOf([], 2, null, String).pageInfo).toMatchObject({ startCursor: null, endCursor: null });
  });
});

describe('a cursor', () => {
  test('comes back as the key that it was made of', () => {
    const key = ['Crème brûlée', 7];
    expect(decodeCursor(encodeCursor(key), 2)).toEqual(key);
  });
  test.each([
    ['no JSON', 'xyz'],
    ['of another list', encodeCursor(['only one'])],
    ['an object', Buffer.from('{"length":2}').toString('base64url')],
    ['of other types', Buffer.from('[{"$gt":""},null]').toString('base64url')],
  ])('is refused when it is %s', (_title, cursor) => {
    expect(() => decodeCursor(cursor, 2)).toThrow(BadUserInput);
  });
  test('of a list by id holds an id, or is refused before it reaches a database', () => {
    const id = '01940000-0000-7000-8000-000000000001';
    expect(decodeIdCursor(encodeCursor([id]))).toBe(id);
    for (const key of ['', "' or 1=1", 7]) expect(() => decodeIdCursor(encodeCursor([key]))).toThrow(BadUserInput);
  });
});
