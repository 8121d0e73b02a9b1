import { describe, expect, test } from '@jest/globals';
import { reconcile } from './reconcile.ts';

describe("a device's report", () => {
  const report = { bootId: 'second', jobIds: ['a'] };
  test.each([
    ['is no news of a job that is cooking', 'a', 'second', 'KEEP'],
    ['is no news of a job that it has not accepted yet', 'b', null, 'KEEP'],
    ['shows that a job of this boot is lost', 'b', 'second', 'LOST'],
    // Found by the saga model: accepted, restarted, and the command's second copy began it again.
    ['after a restart loses no job before the device has barred it', 'b', 'first', 'RECALL'],
  ] as const)('%s', (_title, jobId, acceptedBy, expected) => {
    expect(reconcile({ jobId, acceptedBy }, report)).toBe(expected);
  });
});
