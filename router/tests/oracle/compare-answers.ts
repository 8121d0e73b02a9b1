import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import type { RouterAnswer } from './model-router.ts';

type Path = readonly (string | number)[];

/**
 * How an answer of the router differs from the oracle's: in its data, the order of its fields, or where errors explain a null.
 * @returns nothing when they agree
 */
export function compareAnswers(expected: ExecutionResult, found: RouterAnswer): string | undefined {
  if ('failed' in found) return `the router fails: ${found.failed}`;
  if ('refused' in found) return `refused: ${found.refused}: ${found.why}`;
  const [wanted, got] = [expected.data, found.data].map((data) => JSON.stringify(data ?? null));
  if (wanted !== got) return 'the data differ';
  const explained = (errors: readonly GraphQLFormattedError[]) =>
    errors.map(({ path }) => explain(path, expected.data));
  const should = new Set(explained(expected.errors?.map((error) => error.toJSON?.() ?? error) ?? []));
  const does = new Set(explained(found.errors ?? []));
  const missing = [...should.difference(does)];
  const surplus = [...does.difference(should)];
  if (missing.length > 0) return `no error for ${missing.join(', ')}`;
  if (surplus.length > 0) return `an error for ${surplus.join(', ')}`;
  return undefined;
}

/** The null that an error explains: where its path ends, or the null that it bubbled up to. */
function explain(path: Path | undefined, data: unknown): string {
  if (!path) return 'no path';
  let value = data;
  const walked: (string | number)[] = [];
  for (const part of path) {
    if (value === null || value === undefined) break;
    walked.push(part);
    value =
      typeof value === 'object' && Object.hasOwn(value, part) ? (value as Record<string, unknown>)[part] : undefined;
    if (value === undefined) return `${walked.join('.')}, where nothing is`;
  }
  return value === null ? walked.join('.') || 'data' : `${walked.join('.')}, which is no null`;
}
