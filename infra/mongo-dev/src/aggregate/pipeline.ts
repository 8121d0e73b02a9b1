import { Aggregator } from 'mingo/aggregator';
import { MongoError, notImplemented } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import { sortDocuments } from '../query/sort.ts';
import { compileText, type TextSearch } from '../query/text.ts';
import { candidates } from '../store/scan.ts';
import type { Collection } from '../store/collection.ts';
import type { Store } from '../store/store.ts';
import type { Unit } from '../store/unit.ts';
import { isDocument, type Doc } from '../values/document.ts';
import { checkLookup, expressionIn, mingoOptions, PIPELINE_NAMES, STAGE_NAMES } from './stages.ts';

export interface View {
  readonly store: Store;
  readonly unit: Unit;
  readonly collection: Collection;
  readonly database: string;
}

/** The documents that match a filter, with the text search in it (for scores), by index where one serves. */
export function matching(view: View, filter: Doc): { found: [string, Doc][]; search: TextSearch | undefined } {
  const search = '$text' in filter ? compileText(filter.$text, view.collection.weights) : undefined;
  const matches = compileFilter(filter, {
    text: () => (doc) => search!.matches(doc),
    // Building the evaluator costs more than most finds, so only $expr pays for it.
    expression: (expression) => {
      refuseUnknown(expression);
      return expressionIn(mingoOptions(view.store, view.unit, view.database))(expression);
    },
  });
  const found: [string, Doc][] = [];
  for (const entry of candidates(view.unit, view.collection, filter)) if (matches(entry[1])) found.push(entry);
  return { found, search };
}

/** Runs a pipeline; its first `$match` (and a `$sort` behind it) runs on indexes and may use `$text`. */
export function runPipeline(view: View, pipeline: unknown): Doc[] {
  if (!Array.isArray(pipeline)) throw new MongoError(14, "'pipeline' must be an array");
  refuseUnknownStages(pipeline);
  const stages = pipeline as Doc[];
  const first = stages[0]?.$match;
  const { found, search } = matching(view, isDocument(first) ? first : {});
  let docs = found.map(([, doc]) => doc);
  let rest = isDocument(first) ? stages.slice(1) : stages;
  if (isDocument(rest[0]?.$sort)) {
    docs = sortDocuments(docs, rest[0].$sort, search && ((doc) => search.score(doc)));
    rest = rest.slice(1);
  }
  if (rest.length === 0) return docs;
  return asMongoError(() => new Aggregator(rest, mingoOptions(view.store, view.unit, view.database)).run(docs));
}

/** Every `$name` used as a key must be in the whitelist; checked before anything runs, so a refusal does not depend on data. */
function refuseUnknownStages(pipeline: unknown[]): void {
  for (const stage of pipeline) {
    const [name, ...more] = isDocument(stage) ? Object.keys(stage) : [];
    if (name === undefined || more.length > 0)
      throw new MongoError(2, 'A pipeline stage must be a document with exactly one field');
    if (!STAGE_NAMES.has(name)) throw notImplemented(`aggregation stage ${name}`);
    const spec = (stage as Doc)[name];
    if (name === '$facet' && isDocument(spec))
      for (const branch of Object.values(spec)) refuseUnknownStages(branch as unknown[]);
    else if (name === '$lookup' && isDocument(spec)) {
      checkLookup(spec);
      refuseUnknownStages((spec.pipeline ?? []) as unknown[]);
    } else if (name === '$match')
      compileFilter(spec, { text: () => () => true, expression: (e) => (refuseUnknown(e), () => true) });
    else if (name !== '$sort') refuseUnknown(spec);
  }
}

function refuseUnknown(value: unknown): void {
  if (Array.isArray(value)) return value.forEach(refuseUnknown);
  if (!isDocument(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key.startsWith('$') && !PIPELINE_NAMES.has(key)) throw notImplemented(`aggregation operator ${key}`);
    if (key !== '$literal') refuseUnknown(inner);
  }
}

function asMongoError<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof MongoError ? error : new MongoError(2, (error as Error).message);
  }
}
