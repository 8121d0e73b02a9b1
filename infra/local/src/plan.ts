import type { Task } from './processes/run-task.ts';
import type { ProductProcess } from './product.ts';
import type { ServerSet } from './servers/server-set.ts';

/** One-off work on the way to a running system. */
export interface PlannedTask {
  readonly title: string;
  /** Servers or other tasks, by name. */
  readonly needs: readonly string[];
  readonly task: Task;
}

/** What is to run; who runs it is `runSystem`. */
export interface Plan {
  readonly dataDir: string;
  readonly basePort: number;
  readonly command: string;
  /** Begin with empty data. */
  readonly fresh: boolean;
  /** What must be free before anything starts, by purpose. */
  readonly ports: Readonly<Record<string, number>>;
  /** Puts in order, or refuses, what lies outside of this launcher's own processes: containers, given addresses. */
  readonly prepare?: () => Promise<void>;
  /** Made when the data folder exists, because its passwords live there. */
  readonly begin: () => PlannedWork;
}

export interface PlannedWork {
  readonly servers: ServerSet;
  /** A task called "build" is what the Mongo development store waits for. */
  readonly tasks: readonly PlannedTask[];
  /** In order of their start. */
  readonly processes: readonly ProductProcess[];
  /** What to say when all of it serves; `took` in seconds. */
  readonly summary: (took: number) => string;
}
