import type { ProcessEnded } from '../../local/src/processes/watched-process.ts';

/** Fails the test that runs now, and those that follow in its file: infra/local/jest/process-watching-environment.mjs. */
export function failOnProcessEnd(ended: ProcessEnded): void {
  const { failOnProcessEnd: fail } = globalThis as { failOnProcessEnd?: (error: ProcessEnded) => void };
  fail?.(ended);
}
