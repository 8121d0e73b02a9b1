import { getOwn, type JsonObject } from './own.ts';

/** From a place in the response to others below it: names of fields, and `@` for each element of a list. */
export type FlattenPath = readonly (string | number)[];

/** The objects that lie at a path below the given ones; what is null or absent on the way has none. */
export function flatten(from: readonly JsonObject[], path: FlattenPath): JsonObject[] {
  const found: JsonObject[] = [];
  for (const object of from) collect(object, path, 0, found);
  return found;
}

function collect(value: unknown, path: FlattenPath, at: number, found: JsonObject[]): void {
  if (value === null || value === undefined) return;
  if (at < path.length && path[at] !== '@') {
    if (typeof value === 'object') collect(getOwn(value, String(path[at])), path, at + 1, found);
  } else if (Array.isArray(value)) {
    for (const element of value) collect(element, path, path[at] === '@' ? at + 1 : at, found);
  } else if (at === path.length && typeof value === 'object') found.push(value as JsonObject);
}

/** The response paths of what `flatten` finds, in the same order: of use for errors only. */
export function pathsOf(from: JsonObject, path: FlattenPath): (string | number)[][] {
  const found: (string | number)[][] = [];
  const visit = (value: unknown, at: number, place: (string | number)[]): void => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) {
      for (const [index, element] of value.entries()) {
        visit(element, path[at] === '@' ? at + 1 : at, [...place, index]);
      }
    } else if (at === path.length) found.push(place);
    else if (typeof value === 'object') {
      const key = String(path[at]);
      visit(getOwn(value, key), at + 1, [...place, key]);
    }
  };
  visit(from, 0, []);
  return found;
}
