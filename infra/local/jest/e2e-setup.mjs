import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from '../src/browser/chromium.ts';
import startServers from './global-setup.mjs';

/** Before the end-to-end tests: the servers, and, when a browser test is among them, a browser and the built clients. */
export default async function e2eSetup({ rootDir, testPathPatterns }) {
  const selected = testPathPatterns.toExecutor({ rootDir });
  const tests = globSync(join(rootDir, 'infra/e2e/tests/browser/*.e2e.test.ts'));
  if (tests.some((test) => selected.isMatch(test))) {
    await ensureChromium((line) => process.stderr.write(`${line}\n`));
    execFileSync(process.execPath, [join(rootDir, 'clients/build.mjs')], { stdio: ['ignore', 2, 2] });
  }
  await startServers();
}
