import { isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import type { JsonObject } from './own.ts';

/** Whether an object of the type named `typename` satisfies a type condition. */
export function satisfies(schema: GraphQLSchema, typename: string, condition: string): boolean {
  if (typename === condition) return true;
  const type = schema.getType(typename);
  const wanted = schema.getType(condition);
  if (!isObjectType(type) && !isInterfaceType(type)) return false;
  return isAbstractType(wanted) && schema.isSubType(wanted, type);
}

/** As `satisfies`, of an object as a subgraph gave it; `unknown` is the answer when it does not say what it is. */
export function isOfType(schema: GraphQLSchema, object: JsonObject, condition: string, unknown: boolean): boolean {
  const typename = object.__typename;
  return typeof typename === 'string' && typename !== '' ? satisfies(schema, typename, condition) : unknown;
}
