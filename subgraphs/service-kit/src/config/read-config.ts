import type { z } from 'zod';

/** Every fault of a configuration, by variable name. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  constructor(
    readonly service: string,
    readonly faults: readonly string[],
  ) {
    super(`${service} can't start, its configuration has ${faults.length} fault(s):\n  ${faults.join('\n  ')}`);
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Parses the environment once. An empty variable counts as absent.
 * @throws ConfigurationError that names all faults at once
 */
export function readConfig<S extends z.ZodType>(service: string, schema: S, env: Environment): z.infer<S> {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(
    service,
    parsed.error.issues.map((issue) => {
      const name = issue.path.join('.');
      const given = present[name] === undefined ? 'is not set' : issue.message;
      return `${name}: ${given}${present[name] === undefined ? ` (${issue.message})` : ''}`;
    }),
  );
}
