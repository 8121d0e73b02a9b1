import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { repositoryRoot } from '../../../local/src/repository-root.ts';

const run = promisify(execFile);

/** Runs node to its end and answers what it printed. @throws with what it printed to stderr */
export async function runToEnd(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await run(process.execPath, [...args], { cwd: repositoryRoot, env: { ...env }, timeout: 120_000 });
  return stdout;
}
