import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  typeFromAST,
  type GraphQLNamedType,
  type GraphQLSchema,
  type VariableDefinitionNode,
} from 'graphql';
import { getOwn, type JsonObject } from '../compile/own.ts';

type Test = (value: unknown) => boolean;

/**
 * Whether variables are right at first sight: leaves of the usual kinds. Of anything else graphql-js says what is right,
 * and what is wrong with it.
 * @returns nothing where no values of an operation are right at first sight
 */
export function compileVariableTest(
  definitions: readonly VariableDefinitionNode[],
  schema: GraphQLSchema,
): ((variables: JsonObject) => boolean) | undefined {
  const tests: (readonly [name: string, test: Test])[] = [];
  for (const { variable, type: node } of definitions) {
    const type = typeFromAST(schema, node as never);
    const present = isNonNullType(type) ? type.ofType : type;
    if (!type || isListType(present)) return undefined;
    const test = leafTest(getNamedType(present) as GraphQLNamedType);
    if (!test) return undefined;
    tests.push([variable.name.value, isNonNullType(type) ? test : (value) => value === null || test(value)]);
  }
  return (variables) =>
    tests.every(([name, test]) => {
      const value = getOwn(variables, name);
      return value !== undefined && test(value);
    });
}

function leafTest(type: GraphQLNamedType): Test | undefined {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => names.has(value);
  }
  switch (type.name) {
    case GraphQLString.name:
    case GraphQLID.name:
      return (value) => typeof value === 'string';
    case GraphQLInt.name:
      return (value) => typeof value === 'number' && (value | 0) === value;
    case GraphQLFloat.name:
      return (value) => typeof value === 'number' && Number.isFinite(value);
    case GraphQLBoolean.name:
      return (value) => typeof value === 'boolean';
    default:
      return undefined;
  }
}
