import { describe, expect, test } from '@jest/globals';
import { decideRefresh } from './decide-refresh.ts';

const fresh = { usedAt: null, expiresAt: 10_000, sessionRevoked: false };
const used = { ...fresh, usedAt: 1_000 };

describe('given a refresh token', () => {
  test('that is the newest of its session, then it is exchanged', () => {
    expect(decideRefresh(fresh, 9_999, 5_000)).toBe('ROTATE');
  });
  test('that has expired, then it is refused', () => {
    expect(decideRefresh(fresh, 10_000, 5_000)).toBe('REFUSE');
  });
  test('that was used a moment ago, then it is refused and the session lives on', () => {
    expect(decideRefresh(used, 6_000, 5_000)).toBe('REFUSE');
  });
  test('that was used longer ago, then its session ends', () => {
    expect(decideRefresh(used, 6_001, 5_000)).toBe('REVOKE');
  });
  test('that was used and has expired since, then its session ends', () => {
    expect(decideRefresh(used, 20_000, 5_000)).toBe('REVOKE');
  });
  test('of a revoked session, then it is refused', () => {
    expect(decideRefresh({ ...fresh, sessionRevoked: true }, 2_000, 5_000)).toBe('REFUSE');
  });
});
