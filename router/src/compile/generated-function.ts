/**
 * Makes a function of code that was written for one operation.
 * @param lines statements, of which one returns the function; made of names that are checked and of JSON literals:
 *   nothing that a client or a subgraph wrote may stand in them as it is
 * @param given what they may use, by name
 */
export function generatedFunction<F>(lines: readonly string[], given: Readonly<Record<string, unknown>>): F {
  const code = ['"use strict";', ...lines].join('\n');
  // oxlint-disable-next-line typescript/no-implied-eval
  const make = new Function(...Object.keys(given), code) as (...values: readonly unknown[]) => F;
  return make(...Object.values(given));
}
