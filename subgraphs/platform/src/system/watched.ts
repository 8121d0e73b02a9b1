import type { Look } from './rates.ts';
import type { Condition, Dependencies, ToldError } from './scrape-target.ts';
import type { Target } from './target.ts';

/** A process, and what the last looks at it told. */
export interface Watched {
  readonly target: Target;
  /** Oldest first; none of a process that does not answer. */
  looks: readonly Look[];
  condition: Condition;
  /** What it needs, by its last report. */
  dependencies: Dependencies;
  errors: readonly ToldError[];
}
