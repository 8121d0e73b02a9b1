import type { Environment } from '../config/read-config.ts';

/** A running service. `stop` drains: no new work, what is under way ends, then connections close. */
export interface Service {
  readonly name: string;
  /** Where its HTTP server listens. */
  readonly port: number;
  stop(): Promise<void>;
}

/** What a host needs to know of a service. Every function reads the environment itself, once. */
export interface ServiceDefinition {
  readonly name: string;
  start(env: Environment): Promise<Service>;
  /** Creates or updates the service's own database. Safe to run again. */
  migrate?(env: Environment): Promise<void>;
  /** Puts in the demonstration data that is missing. Safe to run again. */
  seed?(env: Environment): Promise<void>;
  /** Further commands by name, e.g. `rebuild`; what they print goes to stdout. One may answer its exit code. */
  readonly commands?: Readonly<Record<string, (env: Environment, args: readonly string[]) => Promise<number | void>>>;
}
