import { describe, expect, test } from '@jest/globals';
import { hashPassword, verifyPassword } from './password.ts';

describe('passwords', () => {
  test('are kept as Argon2id with 19 MiB, two passes, one lane and a salt each', async () => {
    const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
  });

  test('are told from others', async () => {
    const hash = await hashPassword('correct horse');
    expect(await verifyPassword(hash, 'correct horse')).toBe(true);
    expect(await verifyPassword(hash, 'Correct horse')).toBe(false);
  });

  test('of nobody match nothing, not even the stand-in, and take as long', async () => {
    const hash = await hashPassword('correct horse');
    await verifyPassword(undefined, 'warm up');
    const timed = async (of: string | undefined) => {
      const times: number[] = [];
      for (let round = 0; round < 5; round += 1) {
        const started = performance.now();
        expect(await verifyPassword(of, 'the password of nobody')).toBe(false);
        times.push(performance.now() - started);
      }
      return Math.min(...times);
    };
    expect((await timed(undefined)) / (await timed(hash))).toBeGreaterThan(0.5);
  });
});
