import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import type { OperationResult } from '../../src/compile/compile-operation.ts';
import type { RouterAnswer } from './model-router.ts';

type Path = readonly (string | number)[];

/**
 * How an answer of the router differs from the oracle's: in its data, the order of its fields, or where errors explain a null.
 * @returns nothing when they agree
 */
export function compareAnswers(expected: ExecutionResult, found: RouterAnswer): string | undefined {
  if ('failed' in found) return `the router fails: ${found.failed}`;
  if ('refused' in found) return `refused: ${found.refused}: ${found.why}`;
  const { wanted, wantedErrors, errors } = withoutUnasked(expected, found);
  if (JSON.stringify(wanted) !== JSON.stringify(found.data ?? null)) return 'the data differ';
  const explained = (told: readonly GraphQLFormattedError[]) => told.map(({ path }) => explain(path, wanted));
  const should = new Set(explained(wantedErrors));
  const does = new Set(explained(errors));
  const missing = [...should.difference(does)];
  const surplus = [...does.difference(should)];
  if (missing.length > 0) return `no error for ${missing.join(', ')}`;
  if (surplus.length > 0) return `an error for ${surplus.join(', ')}`;
  return undefined;
}

/**
 * A field may be null, with an error that says so, where something else failed: what fails takes along what was fetched
 * with it, and that may be what the field requires. The oracle resolves each by itself. So such a null is wanted, too.
 */
function withoutUnasked(expected: ExecutionResult, found: Pick<OperationResult, 'data' | 'errors'>) {
  const wanted = structuredClone(expected.data ?? null);
  let wantedErrors = expected.errors?.map((error) => error.toJSON?.() ?? error) ?? [];
  let errors = found.errors ?? [];
  if (wantedErrors.length === 0) return { wanted, wantedErrors, errors };
  for (const error of errors.filter(({ extensions }) => extensions?.code === 'INCOMPLETE_SUBGRAPH_RESPONSE')) {
    const path = nullAt(error.path ?? [], found.data);
    if (!path) continue;
    const isNullAnyway = nullAt(path, wanted) !== undefined;
    if (!isNullAnyway && !setNull(wanted, path)) continue;
    errors = errors.filter((other) => other !== error);
    if (!isNullAnyway)
      wantedErrors = wantedErrors.filter((one) => !path.every((part, index) => one.path?.[index] === part));
  }
  return { wanted, wantedErrors, errors };
}

/** Where on a path a null is. */
function nullAt(path: Path, data: unknown): Path | undefined {
  let value = data;
  for (const [index, part] of path.entries()) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[part];
    if (value === null) return path.slice(0, index + 1);
  }
  return undefined;
}

function setNull(data: unknown, path: Path): boolean {
  const parent = path.slice(0, -1).reduce<unknown>((value, part) => (value as Record<string, unknown>)?.[part], data);
  const last = path.at(-1);
  if (typeof parent !== 'object' || parent === null || last === undefined) return false;
  (parent as Record<string, unknown>)[last] = null;
  return true;
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
