import { flushCompileCache } from 'node:module';
import { ConfigurationError, type Environment } from '../config/read-config.ts';
import { loadFailpoints } from '../failpoints/load-failpoints.ts';
import type { Service, ServiceDefinition } from './service.ts';

/** By then everything that a start loads has been compiled. */
const KEEP_COMPILED_AFTER_MS = 3_000;

/**
 * Runs services in this process until SIGTERM or SIGINT, then stops them in reverse order.
 * Exit code 0 after a clean stop, 1 when one can't start, 2 for a faulty configuration.
 */
export async function runServices(definitions: readonly ServiceDefinition[], env: Environment): Promise<void> {
  const running: Service[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (exitCode: number) =>
    (stopping ??= (async () => {
      for (const service of running.toReversed()) await service.stop();
      process.exit(exitCode);
    })());
  process.once('SIGTERM', () => void stop(0));
  process.once('SIGINT', () => void stop(0));
  // Rejections that nobody handles arrive here too: Node raises them as uncaught exceptions.
  process.on('uncaughtException', (error) => die(error, stop));

  const results = await Promise.allSettled([
    loadFailpoints(env),
    ...definitions.map(async (definition) => {
      running.push(await definition.start(env));
    }),
  ]);
  const failures = results.filter((result) => result.status === 'rejected').map((result) => result.reason as Error);
  if (failures.length === 0) {
    // Node does it only at an orderly end; whoever starts after a crash is in a hurry, too.
    setTimeout(() => flushCompileCache(), KEEP_COMPILED_AFTER_MS).unref();
    return;
  }
  for (const failure of failures) process.stderr.write(`${describeFailure(failure)}\n`);
  await stop(failures.some((failure) => failure instanceof ConfigurationError) ? 2 : 1);
}

const describeFailure = (failure: Error): string =>
  failure instanceof ConfigurationError ? failure.message : (failure.stack ?? String(failure));

/** A fault that nobody caught leaves the process in an unknown state: say it and end, the supervisor starts anew. */
function die(error: unknown, stop: (exitCode: number) => Promise<void>): void {
  process.stderr.write(`uncaught: ${error instanceof Error ? error.stack : String(error)}\n`);
  void stop(1);
  setTimeout(() => process.exit(1), 3_000).unref();
}
