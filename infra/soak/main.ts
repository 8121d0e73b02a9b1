import { fork, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const USAGE = `npm run test:soak -- [--runs 20] [-- arguments of jest]

Runs the tests again and again beside a process that keeps one core busy and opens and closes connections, and lists
every test that failed. Without arguments for jest: the end-to-end project.
  npm run test:soak -- --runs 3 -- --selectProjects unit web int e2e    the whole of npm test
`;

const root = resolve(import.meta.dirname, '../..');
const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '20' }, help: { type: 'boolean', default: false } },
  allowPositionals: true,
});

interface Results {
  numPassedTests: number;
  testResults: { message: string; assertionResults: { status: string; fullName: string }[] }[];
}

/** One run; answers what failed. */
function run(number: number, file: string): string[] {
  const begun = performance.now();
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const selected = positionals.length > 0 ? positionals : ['--selectProjects', 'e2e'];
  spawnSync(process.execPath, [jest, '--ci', '--json', '--outputFile', file, ...selected], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const { numPassedTests, testResults } = JSON.parse(readFileSync(file, 'utf8')) as Results;
  const failed = testResults.flatMap(({ message, assertionResults }) => {
    const names = assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
    return names.length > 0 || message !== '' ? [[...names, message].join('\n')] : [];
  });
  const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
  console.log(`run ${number}: ${numPassedTests} passed, ${minutes} min, machine load ${loadavg()[0]?.toFixed(1)}`);
  for (const text of failed) console.log(text.replaceAll(/^/gm, '    '));
  return failed;
}

if (values.help) {
  console.log(USAGE);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'brigade-soak-'));
  const noise = fork(join(import.meta.dirname, 'noise.ts'));
  let failures = 0;
  for (let number = 1; number <= Number(values.runs); number += 1) {
    failures += run(number, join(folder, `${number}.json`)).length;
  }
  noise.kill();
  rmSync(folder, { recursive: true });
  console.log(`${values.runs} runs, ${failures} failed test files`);
  process.exitCode = failures > 0 ? 1 : 0;
}
