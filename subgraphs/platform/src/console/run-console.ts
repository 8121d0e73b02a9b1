import { userInfo } from 'node:os';
import {
  DomainError,
  createLogger,
  migratePostgres,
  postgresOptions,
  withRuntime,
  type Environment,
} from '@brigade/service-kit';
import { ZodError } from 'zod';
import { drainDeadQueues } from '../capture/drain-dead-queues.ts';
import { readPlatformConfig } from '../config.ts';
import type { PlatformDeps } from '../deps.ts';
import { model, name, openPlatform } from '../open-platform.ts';
import { HELP } from './help.ts';
import { UsageError, parseCommand, type ConsoleCommand } from './parse-command.ts';
import { perform } from './perform.ts';

/**
 * `dead-letters list|show|edit|redrive|discard …`, see help.ts. What it answers goes to the standard output, complaints
 * to the standard error.
 * @returns the exit code: 0, 1 when it was refused or failed, 2 for a wrong command line
 * @throws ConfigurationError
 */
export async function runConsole(env: Environment, args: readonly string[]): Promise<number> {
  try {
    const command = parseCommand(args);
    if (command.do === 'help') process.stdout.write(HELP);
    else process.stdout.write(await runCommand(env, command));
    return 0;
  } catch (error) {
    const complaint = complaintOf(error);
    if (complaint === undefined) throw error;
    process.stderr.write(`${complaint}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function runCommand(env: Environment, command: Exclude<ConsoleCommand, { do: 'help' }>): Promise<string> {
  // Logs would stand between the lines of the answer.
  const config = { ...readPlatformConfig(env), LOG_LEVEL: 'silent' as const };
  // Brigade may never have been started on this data.
  await migratePostgres(postgresOptions(name, config, model, createLogger(name, config.LOG_LEVEL)));
  return withRuntime(name, config, async (runtime) => {
    const deps = await openPlatform(runtime, config, () => {});
    await drain(deps);
    return perform(command, deps, `console:${userInfo().username}`);
  });
}

async function drain({ broker, store }: PlatformDeps): Promise<void> {
  try {
    await drainDeadQueues(broker, store);
  } catch (error) {
    process.stderr.write(
      `the broker does not answer (${(error as Error).message}): dead letters that lie in its queues are not seen\n`,
    );
  }
}

/** What to tell a person; nothing where only the stack helps. */
function complaintOf(error: unknown): string | undefined {
  if (error instanceof UsageError) return `${error.message}; see --help`;
  if (error instanceof DomainError) return `${error.code}: ${error.message}`;
  if (error instanceof ZodError)
    return error.issues
      .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
      .join('\n');
  const { name: kind, code, message } = error as Error & { code?: string };
  if (kind === 'BrokerAway') return `${message}; what was marked is redriven when platform and the broker are back`;
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') return message;
  return undefined;
}
