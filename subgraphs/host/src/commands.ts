import { ConfigurationError, loadFailpoints, type Environment, type ServiceDefinition } from '@brigade/service-kit';

/**
 * Runs `migrate` or `seed` for all given subgraphs, or a subgraph's own command (`rebuild`, or `orders rebuild`).
 * Answers the exit code: 0, 1 when something failed, 2 when nobody knows the command or a configuration is faulty; or
 * what the command itself answered.
 */
export async function runCommand(
  definitions: readonly ServiceDefinition[],
  command: string,
  args: readonly string[],
  env: Environment,
): Promise<number> {
  const runs = plan(definitions, command, args, env);
  if (runs.length === 0) {
    const own = definitions.flatMap(({ name, commands }) =>
      Object.keys(commands ?? {}).map((known) => `${name} ${known}`),
    );
    process.stderr.write(
      `unknown command "${[command, ...args].join(' ')}"; known: serve, migrate, seed, ${own.join(', ')}\n`,
    );
    return 2;
  }
  const results = await Promise.allSettled([loadFailpoints(env), ...runs.map((run) => run())]);
  const failures = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason as Error);
  for (const failure of failures) {
    process.stderr.write(
      `${failure instanceof ConfigurationError ? failure.message : (failure.stack ?? String(failure))}\n`,
    );
  }
  if (failures.length === 0) {
    return Math.max(...results.map((result) => (result.status === 'fulfilled' && result.value) || 0));
  }
  return failures.some((failure) => failure instanceof ConfigurationError) ? 2 : 1;
}

function plan(
  definitions: readonly ServiceDefinition[],
  command: string,
  args: readonly string[],
  env: Environment,
): (() => Promise<number | void>)[] {
  if (command === 'migrate') return definitions.flatMap(({ migrate }) => (migrate ? [() => migrate(env)] : []));
  if (command === 'seed') return definitions.flatMap(({ seed }) => (seed ? [() => seed(env)] : []));
  const ofOne = definitions.find(({ name }) => name === command);
  const [wanted, rest] = ofOne ? [args[0] ?? '', args.slice(1)] : [command, args];
  return (ofOne ? [ofOne] : definitions).flatMap(({ commands }) => {
    const run = commands?.[wanted];
    return run ? [() => run(env, rest)] : [];
  });
}
