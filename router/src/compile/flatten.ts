import { getOwn, inheritedNames, isObject, type JsonObject } from './own.ts';

/** From a place in the response to others below it: names of fields, and `@` for each element of a list. */
export type FlattenPath = readonly (string | number)[];

/** Finds the objects that lie at a path below another; what is null or absent on the way has none. */
export function compileFlatten(path: FlattenPath): (from: JsonObject) => JsonObject[] {
  const collect = path.reduceRight<Collect>(
    (next, element) => (element === '@' ? eachElement(next) : fieldOf(String(element), next)),
    intoFound,
  );
  return (from) => {
    const found: JsonObject[] = [];
    collect(from, found);
    return found;
  };
}

type Collect = (value: unknown, found: JsonObject[]) => void;

/** A list that the path does not speak of is gone through all the same. */
const intoFound: Collect = (value, found) => {
  if (Array.isArray(value)) for (const element of value) intoFound(element, found);
  else if (typeof value === 'object' && value !== null) found.push(value as JsonObject);
};

function eachElement(next: Collect): Collect {
  return (value, found) => {
    if (Array.isArray(value)) for (const element of value) next(element, found);
  };
}

function fieldOf(key: string, next: Collect): Collect {
  if (inheritedNames.has(key)) {
    return (value, found) => {
      if (isObject(value)) next(getOwn(value, key), found);
    };
  }
  return (value, found) => {
    if (isObject(value)) next(value[key], found);
  };
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
