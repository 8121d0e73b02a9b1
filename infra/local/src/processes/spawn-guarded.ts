import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { ProcessSpec, RunAs } from './process-spec.ts';

const SETPRIV = '/usr/bin/setpriv';

/**
 * The command line under which the kernel kills the process as soon as its parent is gone, `kill -9` included.
 * Where `setpriv` is missing (not Linux), the plain command: orphans are then found by the pids file.
 */
export function guardedCommand(command: string, args: readonly string[], runAs?: RunAs): [string, string[]] {
  if (!existsSync(SETPRIV)) return [command, [...args]];
  return [SETPRIV, [...becoming(runAs), '--pdeathsig', 'KILL', command, ...args]];
}

function becoming(runAs: RunAs | undefined): string[] {
  if (runAs === undefined) return [];
  const { account, throughClosedFolders = false } = runAs;
  const capability = throughClosedFolders
    ? ['--inh-caps', '+dac_read_search', '--ambient-caps', '+dac_read_search']
    : [];
  return ['--reuid', account, '--regid', account, '--init-groups', ...capability];
}

/**
 * Starts the process in a session of its own, so that a Ctrl-C in the terminal reaches the launcher alone and the
 * launcher decides the order of the end. Both output streams go to `logFd`.
 */
export function spawnGuarded(
  spec: Pick<ProcessSpec, 'command' | 'args' | 'env' | 'cwd' | 'runAs'>,
  logFd: number,
): ChildProcess {
  const [command, args] = guardedCommand(spec.command, spec.args, spec.runAs);
  return spawn(command, args, {
    cwd: spec.cwd,
    env: { ...spec.env },
    detached: true,
    stdio: ['ignore', logFd, logFd],
  });
}
