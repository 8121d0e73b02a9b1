import { isCleanText } from '@brigade/schema';
import {
  defaultFieldResolver,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { BadUserInput } from '../errors/domain-error.ts';
import { EARLIEST, LATEST } from './date-time.ts';

interface Fault {
  path: string;
  message: string;
}

/**
 * Guards every field of a schema that takes arguments: text and ids in them, at any depth, are well-formed and free of
 * control characters (tabs and line breaks apart), times are within the range that `DateTime` documents. It is the floor
 * that no input falls through; what else a text must be the domain says by `text()`.
 * @throws BadUserInput, from the guarded fields, naming each faulty field
 */
export function guardInputs(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const isSubscription = type === schema.getSubscriptionType();
    for (const field of Object.values(type.getFields())) {
      if (field.args.some(({ type: argument }) => mayBeHostile(argument))) guard(field, isSubscription);
    }
  }
}

function guard(field: GraphQLField<unknown, unknown>, isSubscription: boolean): void {
  const check = (args: Record<string, unknown>) => {
    const faults = field.args.flatMap(({ name, type }) => faultsIn(args[name], type, name));
    if (faults.length > 0)
      throw new BadUserInput(faults.map(({ path, message }) => `${path}: ${message}`).join('; '), { faults });
  };
  const { resolve = defaultFieldResolver, subscribe } = field;
  if (isSubscription && subscribe) {
    field.subscribe = (source, args, context, info) => {
      check(args);
      return subscribe(source, args, context, info);
    };
    return;
  }
  field.resolve = (source, args, context, info) => {
    check(args);
    return resolve(source, args, context, info);
  };
}

const GUARDED = new Set(['String', 'ID', 'DateTime']);

function mayBeHostile(type: GraphQLInputType, seen = new Set<string>()): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return GUARDED.has(named.name);
  if (seen.has(named.name)) return false;
  seen.add(named.name);
  return Object.values(named.getFields()).some((field) => mayBeHostile(field.type, seen));
}

function faultsIn(value: unknown, type: GraphQLInputType, path: string): Fault[] {
  if (value === null || value === undefined) return [];
  if (isNonNullType(type)) return faultsIn(value, type.ofType, path);
  if (isListType(type)) {
    const items: unknown[] = Array.isArray(value) ? value : [value];
    return items.flatMap((item, index) => faultsIn(item, type.ofType, `${path}.${index}`));
  }
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).flatMap((field) =>
      faultsIn((value as Record<string, unknown>)[field.name], field.type, `${path}.${field.name}`),
    );
  }
  const message = faultOf(value);
  return message ? [{ path, message }] : [];
}

function faultOf(value: unknown): string | undefined {
  if (typeof value === 'string' && !isCleanText(value)) return 'must be well-formed text without control characters';
  if (value instanceof Date && !(value >= EARLIEST && value <= LATEST))
    return `must be between ${EARLIEST.toISOString()} and ${LATEST.toISOString()}`;
  return undefined;
}

/** Whether all text in an entity's key could be kept by a store: no entity has another one. */
export const isCleanReference = (reference: unknown): boolean =>
  typeof reference === 'string'
    ? isCleanText(reference)
    : typeof reference !== 'object' || reference === null || Object.values(reference).every(isCleanReference);
