import { MongoError } from '../errors.ts';
import { compileFilter, type Matches } from '../query/match.ts';
import type { Doc } from '../values/document.ts';
import { keyOf } from '../values/key.ts';
import { valuesAt } from '../values/path.ts';

/** An index as `createIndexes` describes it and `listIndexes` returns it. */
export interface IndexSpec extends Doc {
  readonly name: string;
  readonly key: Doc;
  readonly unique?: boolean;
  readonly sparse?: boolean;
  readonly expireAfterSeconds?: number;
  readonly partialFilterExpression?: Doc;
  readonly weights?: Record<string, number>;
}

/** An index by hash: it serves equality on all of its fields, and uniqueness. Ranges and sorts scan. */
export class HashIndex {
  readonly spec: IndexSpec;
  readonly fields: string[];
  private readonly covers: Matches | undefined;
  /** One id is kept bare: a set per key would cost a unique index most of its memory. */
  private readonly ids = new Map<string, string | Set<string>>();

  constructor(spec: IndexSpec) {
    this.spec = spec;
    this.fields = Object.keys(spec.key);
    this.covers = spec.partialFilterExpression && compileFilter(spec.partialFilterExpression);
  }

  /** Sparse and partial indexes lack documents, so they never answer queries; they only keep values unique. */
  get complete(): boolean {
    return !this.spec.sparse && !this.covers;
  }

  /** The keys of one document: several when a field is an array. Throws code 171 when two fields are. */
  keysOf(doc: Doc): string[] {
    if (this.covers && !this.covers(doc)) return [];
    const values = this.fields.map((path) =>
      valuesAt(doc, path).flatMap((v) => (Array.isArray(v) && v.length > 0 ? v : [v])),
    );
    if (this.spec.sparse && values.every((list) => list.every((value) => value === undefined))) return [];
    const keys = values.map((list) => (list.length === 0 ? ['z'] : [...new Set(list.map(keyOf))]));
    if (keys.filter((list) => list.length > 1).length > 1) {
      throw new MongoError(171, `cannot index parallel arrays in index ${this.spec.name}`);
    }
    return combine(keys);
  }

  get(key: string): Iterable<string> {
    const found = this.ids.get(key);
    return found === undefined ? [] : typeof found === 'string' ? [found] : found;
  }

  add(id: string, doc: Doc): void {
    for (const key of this.keysOf(doc)) {
      const found = this.ids.get(key);
      if (found === undefined) this.ids.set(key, id);
      else if (typeof found === 'string') this.ids.set(key, new Set([found, id]));
      else found.add(id);
    }
  }

  remove(id: string, doc: Doc): void {
    for (const key of this.keysOf(doc)) {
      const found = this.ids.get(key);
      if (found === id) this.ids.delete(key);
      else if (typeof found === 'object' && found.delete(id) && found.size === 0) this.ids.delete(key);
    }
  }
}

/** All combinations of one key per field, joined. */
export function combine(keys: string[][]): string[] {
  return keys.reduce<string[]>((joined, list) => joined.flatMap((left) => list.map((key) => `${left}|${key}`)), ['']);
}
