import { expect, test } from '@jest/globals';
import { hashRefreshToken, newRefreshToken } from './refresh-token.ts';

test('tokens have 256 random bits and never repeat', () => {
  const tokens = Array.from({ length: 100 }, newRefreshToken);
  expect(new Set(tokens).size).toBe(tokens.length);
  for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
});

test('what is stored tells nothing of the token, and is the same for the same token', () => {
  const token = newRefreshToken();
  expect(hashRefreshToken(token)).toMatch(/^[0-9a-f]{64}$/);
  expect(hashRefreshToken(token)).toBe(hashRefreshToken(token));
});
