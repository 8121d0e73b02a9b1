import { MongoError, notImplemented } from '../errors.ts';
import type { IndexSpec } from '../store/hash-index.ts';
import { compileFilter } from '../query/match.ts';
import { isDocument, type Doc } from '../values/document.ts';
import { keyOf } from '../values/key.ts';
import { collectionOf, namespaceOf, type Command } from './command.ts';

const INDEX_OPTIONS = [
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'background',
  'hidden',
  'expireAfterSeconds',
  'partialFilterExpression',
  'weights',
  'default_language',
  'language_override',
  'textIndexVersion',
];

const createIndexes: Command = {
  kind: 'catalog',
  options: ['indexes', 'commitQuorum'],
  run: async (request) => {
    const namespace = namespaceOf(request);
    request.unit.reserve(namespace);
    const createdCollectionAutomatically = !request.store.collections.has(namespace);
    const numIndexesBefore = collectionOf(request).specs.size;
    const wanted = (request.command.indexes as Doc[]).map(parseIndex);
    const done: Promise<void>[] = [];
    for (const spec of wanted) {
      if (!exists(collectionOf(request).specs, spec)) done.push(request.store.addIndex(namespace, spec));
    }
    await Promise.all(done);
    return {
      numIndexesBefore,
      numIndexesAfter: collectionOf(request).specs.size,
      createdCollectionAutomatically,
      ok: 1,
    };
  },
};

const dropIndexes: Command = {
  kind: 'catalog',
  options: ['index'],
  run: async (request) => {
    const namespace = namespaceOf(request);
    request.unit.reserve(namespace);
    const { specs } = collectionOf(request);
    const nIndexesWas = specs.size;
    const { index } = request.command;
    const names =
      index === '*'
        ? [...specs.keys()].filter((name) => name !== '_id_')
        : [index].flat().map((one) => named(specs, one));
    await Promise.all(names.map((name) => request.store.dropIndex(namespace, name)));
    return { nIndexesWas, ok: 1 };
  },
};

const listIndexes: Command = {
  kind: 'plain',
  options: ['cursor'],
  run: (request) => {
    const namespace = namespaceOf(request);
    if (!request.store.collections.has(namespace)) throw new MongoError(26, `ns does not exist: ${namespace}`);
    return request.cursors.first(namespace, [...collectionOf(request).specs.values()], Infinity);
  },
};

/** Reads one index description; a text index becomes weights, as MongoDB stores it. */
function parseIndex(given: Doc): IndexSpec {
  const unknown = Object.keys(given).find((option) => !INDEX_OPTIONS.includes(option));
  if (unknown) throw notImplemented(`index option '${unknown}'`);
  const { key, name, background: _, ...options } = given;
  if (!isDocument(key) || Object.keys(key).length === 0)
    throw new MongoError(67, 'Index keys cannot be an empty object');
  const kinds = Object.entries(key);
  for (const [path, kind] of kinds) {
    if (path.includes('$') || (kind !== 1 && kind !== -1 && kind !== 'text'))
      throw notImplemented(`index kind ${JSON.stringify({ [path]: kind })}`);
  }
  if (options.expireAfterSeconds !== undefined && kinds.length > 1)
    throw new MongoError(67, 'TTL indexes are single-field indexes');
  if (options.partialFilterExpression) compileFilter(options.partialFilterExpression);
  const named = {
    v: 2,
    key,
    name: typeof name === 'string' ? name : kinds.map(([path, kind]) => `${path}_${kind as string}`).join('_'),
    ...options,
  };
  const text = kinds.filter(([, kind]) => kind === 'text').map(([path]) => path);
  if (text.length === 0) return named;
  if (text.length < kinds.length) throw notImplemented('an index that mixes text with other fields');
  const language = options.default_language ?? 'english';
  if (language !== 'english' && language !== 'none')
    throw notImplemented(`text index language ${JSON.stringify(language)}`);
  const weights = {
    ...Object.fromEntries(text.map((path) => [path, 1])),
    ...(options.weights as Record<string, number> | undefined),
  };
  return {
    ...named,
    key: { _fts: 'text', _ftsx: 1 },
    weights,
    default_language: language,
    language_override: 'language',
    textIndexVersion: 3,
  };
}

/** True when the same index is there; throws when another one is in its place. */
function exists(specs: ReadonlyMap<string, IndexSpec>, spec: IndexSpec): boolean {
  for (const other of specs.values()) {
    const sameKey = keyOf(other.key) === keyOf(spec.key) && keyOf(other.weights) === keyOf(spec.weights);
    const secondText = other.weights && spec.weights;
    const sameFilter = keyOf(other.partialFilterExpression) === keyOf(spec.partialFilterExpression);
    const sameOptions =
      !!other.unique === !!spec.unique &&
      !!other.sparse === !!spec.sparse &&
      other.expireAfterSeconds === spec.expireAfterSeconds &&
      sameFilter;
    if (other.name === spec.name && sameKey && sameOptions) return true;
    if (other.name === spec.name)
      throw new MongoError(86, `An existing index has the same name as the requested index: ${spec.name}`);
    if (secondText || (sameKey && sameFilter))
      throw new MongoError(85, `Index already exists with a different name: ${other.name}`);
  }
  return false;
}

function named(specs: ReadonlyMap<string, IndexSpec>, index: unknown): string {
  const found = [...specs.values()].find(
    (spec) => spec.name === index || (isDocument(index) && keyOf(spec.key) === keyOf(index)),
  );
  if (!found) throw new MongoError(27, `index not found with name [${JSON.stringify(index)}]`);
  if (found.name === '_id_') throw new MongoError(20, 'cannot drop _id index');
  return found.name;
}

export const indexes: Record<string, Command> = { createIndexes, dropIndexes, listIndexes };
