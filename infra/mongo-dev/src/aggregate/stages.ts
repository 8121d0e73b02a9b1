import { Aggregator } from 'mingo/aggregator';
import { Context, evalExpr, ProcessingMode } from 'mingo/core';
import { Lazy, type Iterator } from 'mingo/lazy';
import * as library from 'mingo/operators/pipeline';
import type { Options } from 'mingo/types';
import { MongoError, notImplemented } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import { sortDocuments } from '../query/sort.ts';
import { candidates } from '../store/scan.ts';
import type { Store } from '../store/store.ts';
import type { Unit } from '../store/unit.ts';
import type { Doc } from '../values/document.ts';
import { keyOf } from '../values/key.ts';
import { valuesAt } from '../values/path.ts';
import { accumulators } from './accumulators.ts';
import { expressions } from './expressions.ts';

type Stage = (docs: Iterator, spec: never, options: Options) => Iterator;

const TAKEN = [
  '$project',
  '$addFields',
  '$set',
  '$unset',
  '$unwind',
  '$replaceRoot',
  '$replaceWith',
  '$count',
  '$skip',
  '$limit',
  '$facet',
] as const;

/** Every `$name` that may appear in a pipeline outside of `$match`. */
export const PIPELINE_NAMES: ReadonlySet<string> = new Set([
  ...TAKEN,
  '$match',
  '$sort',
  '$group',
  '$sortByCount',
  '$lookup',
  ...Object.keys(expressions),
  ...Object.keys(accumulators),
]);

export const STAGE_NAMES: ReadonlySet<string> = new Set([
  ...TAKEN,
  '$match',
  '$sort',
  '$group',
  '$sortByCount',
  '$lookup',
]);

/** mingo with exactly the whitelisted operators; stages that compare values or read collections are our own. */
export function mingoOptions(store: Store, unit: Unit, database: string): Partial<Options> {
  const options: Partial<Options> = {
    processingMode: ProcessingMode.CLONE_INPUT,
    scriptEnabled: false,
    context: Context.init({
      expression: expressions as never,
      pipeline: {
        ...(Object.fromEntries(TAKEN.map((name) => [name, library[name]])) as object),
        $match: stage((docs, filter: Doc, opts) =>
          docs.filter(compileFilter(filter, { expression: expressionIn(opts) })),
        ),
        $sort: stage((docs, spec: Doc) => docs.transform((list) => Lazy(sortDocuments(list as Doc[], spec)) as never)),
        $group: stage(group),
        $sortByCount: stage((docs, by: unknown, opts) => {
          const groups = group(docs, { _id: by, count: { $sum: 1 } }, opts);
          return groups.transform((list) => Lazy(sortDocuments(list as Doc[], { count: -1 })) as never);
        }),
        $lookup: stage((docs, spec: Doc) => docs.map((doc: Doc) => joined(doc, spec))),
      } as never,
    }),
  };

  function joined(doc: Doc, spec: Doc): Doc {
    const { from, localField, foreignField, as, pipeline = [] } = spec as unknown as LookupSpec;
    const collection = store.collection(`${database}.${from}`);
    const filter: Doc =
      typeof foreignField === 'string' ? { [foreignField]: { $in: localValues(doc, localField!) } } : {};
    const matches = compileFilter(filter);
    const found = [...candidates(unit, collection, filter)].map(([, other]) => other).filter(matches);
    return { ...doc, [as]: new Aggregator(pipeline, options).run(found) };
  }

  return options;
}

/** An expression compiled for filters (`$expr`). */
export function expressionIn(options: Partial<Options>): (expression: unknown) => (doc: Doc) => unknown {
  return (expression) => (doc) => evalExpr(doc, expression, options as Options);
}

interface LookupSpec {
  readonly from: string;
  readonly as: string;
  readonly localField?: string;
  readonly foreignField?: string;
  readonly pipeline?: Doc[];
}

/** Checks a `$lookup` before anything runs: equality of two fields, a pipeline, or both; no `let`. */
export function checkLookup(spec: Doc): void {
  const { from, as, localField, foreignField, pipeline, ...others } = spec;
  const unknown = Object.keys(others)[0];
  if (unknown) throw notImplemented(`$lookup option '${unknown}'`);
  if (
    typeof from !== 'string' ||
    typeof as !== 'string' ||
    typeof localField !== typeof foreignField ||
    !(localField ?? pipeline)
  ) {
    throw new MongoError(
      9,
      "$lookup needs 'from' and 'as', and either a pipeline or both of 'localField' and 'foreignField'",
    );
  }
}

const stage = <T>(run: (docs: Iterator, spec: T, options: Options) => Iterator): Stage => run as Stage;

/** An array joins by each of its elements; a missing field joins as null. */
function localValues(doc: Doc, path: string): unknown[] {
  const values = valuesAt(doc, path).flatMap((value) => (Array.isArray(value) ? value : [value ?? null]));
  return values.length === 0 ? [null] : values;
}

function group(docs: Iterator, spec: Doc, options: Options): Iterator {
  if (!('_id' in spec)) throw new MongoError(2, 'a group specification must include an _id');
  const { _id: by, ...fields } = spec;
  const folds = Object.entries(fields).map(([name, value]) => {
    const [operator = '', argument] = Object.entries(value as Doc)[0] ?? [];
    const fold = accumulators[operator];
    if (!fold) throw notImplemented(`group accumulator ${operator}`);
    return { name, argument, fold };
  });
  return docs.transform((list) => {
    const groups = new Map<string, { id: unknown; docs: unknown[] }>();
    for (const doc of list) {
      const id = evalExpr(doc, by, options) ?? null;
      const known = groups.get(keyOf(id));
      if (known) known.docs.push(doc);
      else groups.set(keyOf(id), { id, docs: [doc] });
    }
    const results = [...groups.values()].map(({ id, docs: members }) => {
      const result: Doc = { _id: id };
      for (const { name, argument, fold } of folds)
        result[name] = fold(members.map((doc) => evalExpr(doc, argument, options)));
      return result;
    });
    return Lazy(results) as never;
  });
}
