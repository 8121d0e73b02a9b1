/** Whether lists and objects nest deeper than so many levels. Walks level by level: no value is too deep for it. */
export function nestsDeeperThan(maxLevels: number, value: unknown): boolean {
  let level = containersIn([value]);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxLevels) return true;
    level = containersIn(level.flatMap((one) => Object.values(one)));
  }
  return false;
}

const containersIn = (values: readonly unknown[]): object[] =>
  values.filter((value): value is object => typeof value === 'object' && value !== null);
