import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  type GraphQLLeafType,
} from 'graphql';
import type { Condition } from './collect-fields.ts';
import { inheritedNames } from './own.ts';

/** Parts of generated code that every function over an object's fields has. */

/** Names of GraphQL are names of JavaScript; nothing else may stand in generated code but as a JSON literal. */
const NAME = /^[_A-Za-z][_0-9A-Za-z]*$/;
const INTEGER = /^-?\d+$/;

/** @throws Error for what is not a name */
export function checkName(name: string): void {
  if (!NAME.test(name)) throw new Error(`not a name: ${name}`);
}

/** JavaScript that reads a field of `input`. */
export const read = (name: string): string =>
  inheritedNames.has(name) ? `getOwn(input, ${JSON.stringify(name)})` : `input[${JSON.stringify(name)}]`;

type Conditions = readonly (readonly Condition[])[];

/** JavaScript for whether a field is there, at this place; nothing when that is always so. */
export function conditionOf({ when, unless }: { readonly when: Conditions; readonly unless: Conditions }) {
  const [is, isNot] = [oneHolds(when), unless.length === 0 ? undefined : oneHolds(unless)];
  if (isNot === undefined) return is;
  return is === undefined ? `!(${isNot})` : `(${is}) && !(${isNot})`;
}

/** JavaScript for "one of these holds", or nothing when that is always so. */
function oneHolds(when: Conditions): string | undefined {
  if (when.some((conditions) => conditions.length === 0)) return undefined;
  const holds = ({ variable, equals }: Condition) => {
    checkName(variable);
    return `${equals ? '' : '!'}variables[${JSON.stringify(variable)}]`;
  };
  return when.map((conditions) => conditions.map(holds).join(' && ')).join(' || ');
}

/**
 * JavaScript for whether a subgraph's value can be of the type.
 * @param enums what the code knows as `e0`, `e1` …; it may get one more
 */
export function leafTest(type: GraphQLLeafType, variable: string, enums: ReadonlySet<string>[]): string {
  if (isEnumType(type)) {
    const number = enums.push(new Set(type.getValues().map(({ name }) => name))) - 1;
    return `typeof ${variable} === "string" && e${number}.has(${variable})`;
  }
  switch (type.name) {
    case GraphQLString.name:
      return `typeof ${variable} === "string"`;
    case GraphQLID.name:
      return `typeof ${variable} === "string" || isInteger(${variable})`;
    case GraphQLInt.name:
      return `typeof ${variable} === "number" && (${variable} | 0) === ${variable} || isInteger(${variable})`;
    case GraphQLFloat.name:
      return `typeof ${variable} === "number" && Number.isFinite(${variable}) || typeof ${variable} === "bigint"`;
    case GraphQLBoolean.name:
      return `typeof ${variable} === "boolean"`;
    default:
      return `typeof ${variable} !== "object" || isShallow(${variable})`;
  }
}

/** Deeper values can not be written as JSON without overflowing the stack. */
const MAX_DEPTH = 200;

/** Whether a value of a scalar of the schema's own is nested no deeper than it may be. */
export function isShallow(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth < MAX_DEPTH && Object.values(value).every((inner) => isShallow(inner, depth + 1));
}

/** An integer that a number can not hold is a bigint (`exact-json.ts`). */
export const isInteger = (value: unknown): boolean =>
  typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value) && INTEGER.test(String(value)));
