import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { mergeValue } from './merge.ts';
import { getOwn, setOwn, type JsonObject } from './own.ts';
import { isOfType } from './types.ts';

const ON_TYPE = '... on ';

/** Changes an object in place, and what lies in it. */
export type Rewrite = (value: unknown) => void;

/**
 * What a plan wants changed on the way to a subgraph or back: keys that were renamed because their types conflict, and
 * the type names of interface objects.
 */
export function compileRewrites(
  rewrites: readonly FetchDataRewrite[] | undefined,
  schema: GraphQLSchema,
): Rewrite | undefined {
  if (!rewrites?.length) return undefined;
  const all = rewrites.map((rewrite) => compileRewrite(rewrite, schema));
  return (value) => {
    for (const rewrite of all) rewrite(value);
  };
}

/** Says where an error is once the keys have been renamed. */
export function compileErrorRename(
  rewrites: readonly FetchDataRewrite[] = [],
): (path: readonly (string | number)[] | undefined) => readonly (string | number)[] | undefined {
  const names = new Map<string | number, string>();
  for (const rewrite of rewrites) {
    if (rewrite.kind === 'KeyRenamer') names.set(rewrite.path.at(-1) ?? '', rewrite.renameKeyTo);
  }
  return names.size === 0 ? (path) => path : (path) => path?.map((element) => names.get(element) ?? element);
}

function compileRewrite(rewrite: FetchDataRewrite, schema: GraphQLSchema): Rewrite {
  const { path } = rewrite;
  const last = path.at(-1);
  if (last === undefined) return () => {};
  const change = compileChange(rewrite, last);
  return path.slice(0, -1).reduceRight<Rewrite>((next, element) => compileStep(element, next, schema), eachOf(change));
}

function compileChange(rewrite: FetchDataRewrite, key: string): (object: JsonObject) => void {
  if (rewrite.kind === 'ValueSetter') return (object) => setOwn(object, key, rewrite.setValueTo);
  return (object) => {
    const value = getOwn(object, key);
    if (value === undefined) return;
    // A part of the same field may have been fetched under its own name: what other subgraphs need of it.
    const present = getOwn(object, rewrite.renameKeyTo);
    if (present === undefined || present === null) setOwn(object, rewrite.renameKeyTo, value);
    else mergeValue(object, rewrite.renameKeyTo, present, value);
    setOwn(object, key, undefined);
  };
}

function compileStep(element: string, next: Rewrite, schema: GraphQLSchema): Rewrite {
  if (!element.startsWith(ON_TYPE)) return eachOf((object) => next(getOwn(object, element)));
  const condition = element.slice(ON_TYPE.length);
  return eachOf((object) => {
    if (isOfType(schema, object, condition, true)) next(object);
  });
}

function eachOf(change: (object: JsonObject) => void): Rewrite {
  const visit: Rewrite = (value) => {
    if (Array.isArray(value)) for (const element of value) visit(element);
    else if (typeof value === 'object' && value !== null) change(value as JsonObject);
  };
  return visit;
}
