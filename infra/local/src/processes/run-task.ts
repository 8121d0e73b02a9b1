import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessSpec } from './process-spec.ts';
import { spawnGuarded } from './spawn-guarded.ts';

export class TaskFailed extends Error {
  override readonly name = 'TaskFailed';
}

export type Task = Pick<ProcessSpec, 'name' | 'command' | 'args' | 'env' | 'cwd'>;

/**
 * Runs something to its end, its output in a log file.
 *
 * @throws {TaskFailed} with the tail of its output, when it exits other than 0 or `signal` ends it
 */
export async function runTask(task: Task, logDir: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const logFile = join(logDir, `${task.name}.log`);
  const log = openSync(logFile, 'w', 0o600);
  const child = spawnGuarded(task, log);
  closeSync(log);
  const kill = () => child.kill('SIGKILL');
  signal.addEventListener('abort', kill);
  const reason = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, by) =>
      resolve(code === 0 ? undefined : by === null ? `exit code ${code}` : `killed by ${by}`),
    );
  });
  signal.removeEventListener('abort', kill);
  if (reason === undefined) return;
  const tail = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-30).join('\n');
  throw new TaskFailed(`${task.name} failed (${reason}):\n${tail}\n(whole log: ${logFile})`);
}
