import { generatedFunction } from './generated-function.ts';
import { getOwn, inheritedNames, type JsonObject } from './own.ts';

/** From a place in the response to others below it: names of fields, and `@` for each element of a list. */
export type FlattenPath = readonly (string | number)[];

/**
 * Finds the objects that lie at a path below another; what is null or absent on the way has none. Written out step by
 * step, so that each field is read at a place of its own, which engines make fast.
 */
export function generateFlatten(path: FlattenPath): (from: JsonObject) => JsonObject[] {
  const steps = path.map((element, index): readonly [begin: string, end: string] => {
    const [from, to] = [`v${index}`, `v${index + 1}`];
    if (element === '@') {
      return [
        `if (isArray(${from})) for (let i${index} = 0; i${index} < ${from}.length; i${index} += 1) {\nconst ${to} = ${from}[i${index}];`,
        '}',
      ];
    }
    const key = JSON.stringify(String(element));
    const read = inheritedNames.has(String(element)) ? `getOwn(${from}, ${key})` : `${from}[${key}]`;
    return [`if (typeof ${from} === "object" && ${from} !== null && !isArray(${from})) {\nconst ${to} = ${read};`, '}'];
  });
  const last = `v${path.length}`;
  const lines = [
    'const { isArray } = Array;',
    'return (v0) => {',
    'const found = [];',
    ...steps.map(([begin]) => begin),
    `if (typeof ${last} === "object" && ${last} !== null) {`,
    `if (isArray(${last})) collect(${last}, found); else found.push(${last});`,
    '}',
    ...steps.map(([, end]) => end),
    'return found;',
    '};',
  ];
  return generatedFunction(lines, { getOwn, collect });
}

/** A list that the path does not speak of is gone through all the same. */
function collect(value: unknown, found: JsonObject[]): void {
  if (Array.isArray(value)) for (const element of value) collect(element, found);
  else if (typeof value === 'object' && value !== null) found.push(value as JsonObject);
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
