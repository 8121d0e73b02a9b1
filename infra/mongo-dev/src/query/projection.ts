import { MongoError, notImplemented } from '../errors.ts';
import { define, isDocument, type Doc } from '../values/document.ts';

type Tree = Map<string, Tree | true>;

/** Compiles a find projection: inclusion or exclusion by path, and `{ $meta: 'textScore' }`. Anything else is refused by name. */
export function compileProjection(spec: Doc = {}, score?: (doc: Doc) => number): (doc: Doc) => Doc {
  const metas: string[] = [];
  const plain = flatten(spec, '', metas);
  if (metas.length > 0 && !score) throw notImplemented("projection { $meta: 'textScore' } without $text");
  const including = plain.find(([path]) => path !== '_id')?.[1] ?? plain.some(([, keep]) => keep);
  const tree = treeOf(plain.filter(([path, keep]) => path !== '_id' && checked(path, keep, including)));
  const id = plain.find(([path]) => path === '_id')?.[1] ?? true;
  return (doc) => {
    const result: Doc = {};
    if (id && '_id' in doc) result._id = doc._id;
    for (const key of Object.keys(doc)) {
      if (key === '_id') continue;
      const node = tree.get(key);
      const value = including ? node && pick(doc[key], node) : node ? drop(doc[key], node) : doc[key];
      if (value !== undefined) define(result, key, value);
    }
    for (const path of metas) result[path] = score!(doc);
    return result;
  };
}

function flatten(spec: Doc, prefix: string, metas: string[]): [string, boolean][] {
  return Object.entries(spec).flatMap(([name, value]): [string, boolean][] => {
    const path = prefix + name;
    if (path.split('.').includes('$')) throw notImplemented('positional projection ($)');
    if (isDocument(value)) {
      const operator = Object.keys(value).find((key) => key.startsWith('$'));
      if (operator === undefined) return flatten(value, `${path}.`, metas);
      if (operator !== '$meta' || value.$meta !== 'textScore') throw notImplemented(`projection operator ${operator}`);
      metas.push(path);
      return [];
    }
    if (typeof value !== 'boolean' && typeof value !== 'number')
      throw notImplemented('a computed field in a find projection');
    return [[path, Boolean(value)]];
  });
}

function checked(path: string, keep: boolean, including: boolean): true {
  if (keep !== including)
    throw new MongoError(
      2,
      `Cannot do ${keep ? 'inclusion' : 'exclusion'} on field ${path} in the other kind of projection`,
    );
  return true;
}

function treeOf(paths: [string, boolean][]): Tree {
  const root: Tree = new Map();
  for (const [path] of paths) {
    const parts = path.split('.');
    const last = parts.pop()!;
    let node = root;
    for (const part of parts) {
      const next = node.get(part) ?? new Map();
      if (next === true) throw new MongoError(2, `Path collision at ${path}`);
      node.set(part, next);
      node = next;
    }
    if (node.has(last)) throw new MongoError(2, `Path collision at ${path}`);
    node.set(last, true);
  }
  return root;
}

function pick(value: unknown, node: Tree | true): unknown {
  if (node === true) return value;
  if (Array.isArray(value))
    return value.filter((item) => isDocument(item) || Array.isArray(item)).map((item) => pick(item, node));
  if (!isDocument(value)) return undefined;
  const result: Doc = {};
  for (const key of Object.keys(value)) {
    const child = node.get(key);
    const picked = child && pick(value[key], child);
    if (picked !== undefined) define(result, key, picked);
  }
  return result;
}

function drop(value: unknown, node: Tree | true): unknown {
  if (node === true) return undefined;
  if (Array.isArray(value)) return value.map((item) => drop(item, node));
  if (!isDocument(value)) return value;
  const result: Doc = {};
  for (const key of Object.keys(value)) {
    const child = node.get(key);
    const kept = child ? drop(value[key], child) : value[key];
    if (kept !== undefined) define(result, key, kept);
  }
  return result;
}
