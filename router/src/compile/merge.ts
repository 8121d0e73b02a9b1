import { getOwn, isObject, setOwn, type JsonObject } from './own.ts';

/**
 * Puts what a subgraph answered into what is there already: objects are merged key by key, lists of the same length
 * element by element, everything else is replaced.
 */
export function mergeInto(target: JsonObject, source: JsonObject): void {
  for (const key of Object.keys(source)) {
    const value = source[key];
    if (value === undefined) continue;
    const present = getOwn(target, key);
    if (present === undefined || present === null) setOwn(target, key, value);
    else mergeValue(target, key, present, value);
  }
}

/** Puts a value where there is one already. @param present what is there: not null */
export function mergeValue(target: JsonObject, key: string, present: unknown, value: unknown): void {
  if (isObject(value) && typeof present === 'object') mergeInto(present as JsonObject, value);
  else if (Array.isArray(value) && Array.isArray(present) && value.length === present.length) {
    mergeLists(present, value);
  } else setOwn(target, key, value);
}

function mergeLists(target: unknown[], source: readonly unknown[]): void {
  for (const [index, value] of source.entries()) {
    const present = target[index];
    if (isObject(value) && isObject(present)) mergeInto(present, value);
    else if (Array.isArray(value) && Array.isArray(present) && value.length === present.length) {
      mergeLists(present, value);
    } else target[index] = value;
  }
}
