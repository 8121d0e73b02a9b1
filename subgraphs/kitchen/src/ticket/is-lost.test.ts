import { describe, expect, test } from '@jest/globals';
import { isLost } from './is-lost.ts';

describe("a device's report", () => {
  const report = { bootId: 'second', jobIds: ['a'] };
  test.each([
    ['is no news of a job that is cooking', 'a', 'second', false],
    ['is no news of a job that it has not accepted yet', 'b', null, false],
    ['shows that a job of this boot is lost', 'b', 'second', true],
    ['shows that the jobs of an earlier boot are lost', 'b', 'first', true],
  ] as const)('%s', (_title, jobId, acceptedBy, expected) => {
    expect(isLost({ jobId, acceptedBy }, report)).toBe(expected);
  });
});
