import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { repositoryRoot } from '../src/repository-root.ts';

const jest = join(repositoryRoot, 'node_modules/jest/bin/jest.js');

interface Results {
  testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
}

test('a process that ends by itself fails the test that runs then at once, and those after it', async () => {
  const config = {
    rootDir: join(import.meta.dirname, 'fixtures/ended-process'),
    testMatch: ['**/ended.fixture.mjs'],
    testEnvironment: join(repositoryRoot, 'infra/local/jest/process-watching-environment.mjs'),
    transform: {},
    testTimeout: 3_600_000,
  };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--experimental-vm-modules', jest, '--json', '--config', JSON.stringify(config)],
    { env: { PATH: process.env.PATH } },
  ).catch((error: { stdout: string }) => error);
  const { testResults } = JSON.parse(stdout) as Results;
  const [before, during, after] = testResults[0]?.assertionResults ?? [];
  expect(before?.status).toBe('passed');
  for (const failed of [during, after]) {
    expect(failed?.status).toBe('failed');
    expect(failed?.failureMessages.join()).toContain('oven ended by itself');
  }
});
