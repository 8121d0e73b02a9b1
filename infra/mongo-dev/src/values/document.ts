import { deserialize, serialize } from 'bson';

/** A document as the store holds it. Stored documents are never changed in place: a write makes a new one. */
export type Doc = Record<string, unknown>;

/** Longs, binaries and regular expressions keep their BSON class, so that nothing loses its type on the way back. */
export function decode(bytes: Uint8Array): Doc {
  return deserialize(bytes, {
    promoteLongs: false,
    promoteBuffers: false,
    bsonRegExp: true,
    validation: { utf8: false },
  });
}

export function encode(doc: Doc): Uint8Array {
  return serialize(doc);
}

/** The `_bsontype` of a BSON value class ('ObjectId', 'Long' …); undefined for plain JavaScript values. */
export function bsonType(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? (value as { _bsontype?: string })._bsontype : undefined;
}

/** True for an embedded document: neither an array nor a BSON value class nor a Date. */
export function isDocument(value: unknown): value is Doc {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof RegExp) &&
    bsonType(value) === undefined
  );
}

/** Copies documents and arrays; leaves are shared, since BSON values are never changed. */
export function copy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copy) as T;
  if (!isDocument(value)) return value;
  const result: Doc = {};
  for (const key of Object.keys(value)) define(result, key, copy(value[key]));
  return result as T;
}

/** Assigns an own field; `__proto__` becomes a field like any other instead of the prototype. */
export function define(target: Doc, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else target[key] = value;
}
