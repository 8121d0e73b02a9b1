import type { Weights } from '../query/text.ts';
import { MongoError } from '../errors.ts';
import type { Doc } from '../values/document.ts';
import { HashIndex, type IndexSpec } from './hash-index.ts';

/** The committed documents of one collection, by the key of their `_id`, with its indexes. */
export class Collection {
  readonly namespace: string;
  readonly docs = new Map<string, Doc>();
  readonly specs = new Map<string, IndexSpec>([['_id_', { v: 2, key: { _id: 1 }, name: '_id_' }]]);
  readonly indexes = new Map<string, HashIndex>();
  weights: Weights | undefined;

  constructor(namespace: string) {
    this.namespace = namespace;
  }

  /** Sets or (with null) removes a document. */
  apply(id: string, doc: Doc | null): void {
    const old = this.docs.get(id);
    for (const index of this.indexes.values()) {
      if (old) index.remove(id, old);
      if (doc) index.add(id, doc);
    }
    if (doc) this.docs.set(id, doc);
    else this.docs.delete(id);
  }

  /** Builds an index over what is there. Throws code 11000 when the documents are not unique. */
  addIndex(spec: IndexSpec): void {
    if (spec.weights) this.weights = spec.weights;
    else {
      const index = new HashIndex(spec);
      for (const [id, doc] of this.docs) {
        const taken = spec.unique ? index.keysOf(doc).find((key) => [...index.get(key)].length > 0) : undefined;
        if (taken !== undefined) throw duplicateKey(this.namespace, spec, doc);
        index.add(id, doc);
      }
      this.indexes.set(spec.name, index);
    }
    this.specs.set(spec.name, spec);
  }

  dropIndex(name: string): void {
    if (this.specs.get(name)?.weights) this.weights = undefined;
    this.specs.delete(name);
    this.indexes.delete(name);
  }
}

/** Code 11000 with the fields that drivers and the ORM read. */
export function duplicateKey(namespace: string, spec: IndexSpec, doc: Doc): MongoError {
  const keyValue = Object.fromEntries(Object.keys(spec.key).map((path) => [path, at(doc, path)]));
  const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${JSON.stringify(value)}`);
  return new MongoError(
    11000,
    `E11000 duplicate key error collection: ${namespace} index: ${spec.name} dup key: { ${shown.join(', ')} }`,
    {
      keyPattern: spec.key,
      keyValue,
    },
  );
}

function at(doc: Doc, path: string): unknown {
  return path.split('.').reduce<unknown>((value, part) => (value as Doc | undefined | null)?.[part], doc) ?? null;
}
