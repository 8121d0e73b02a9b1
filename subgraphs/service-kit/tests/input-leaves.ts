import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

/** One place in the arguments of a field where a client may put a string of some scalar. */
export interface InputLeaf {
  scalar: 'String' | 'ID' | 'DateTime';
  /** Names and indices, from the argument's name on. */
  path: readonly (string | number)[];
}

export interface FieldWithInputs {
  kind: 'query' | 'mutation' | 'subscription' | 'entity';
  type: string;
  name: string;
  args: readonly GraphQLArgument[];
  /** Whether what it answers has fields of its own. */
  isComposite: boolean;
  leaves: readonly InputLeaf[];
}

const guarded = new Set(['String', 'ID', 'DateTime']);

/** Every field of a schema that takes strings, ids or times, with each place where it takes one. */
export function fieldsWithInputs(schema: GraphQLSchema): FieldWithInputs[] {
  const kinds = new Map<unknown, FieldWithInputs['kind']>([
    [schema.getQueryType(), 'query'],
    [schema.getMutationType(), 'mutation'],
    [schema.getSubscriptionType(), 'subscription'],
  ]);
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || type.name.startsWith('__')) return [];
    return Object.values(type.getFields()).flatMap((field): FieldWithInputs[] => {
      const leaves = field.args.flatMap((argument) => leavesOf(argument.type, [argument.name]));
      if (leaves.length === 0 || field.name === '_entities') return [];
      const isComposite = isObjectType(getNamedType(field.type)) || 'getTypes' in getNamedType(field.type);
      const kind = kinds.get(type) ?? 'entity';
      return [{ kind, type: type.name, name: field.name, args: field.args, isComposite, leaves }];
    });
  });
}

function leavesOf(type: GraphQLInputType, path: readonly (string | number)[]): InputLeaf[] {
  if (isNonNullType(type)) return leavesOf(type.ofType, path);
  if (isListType(type)) return leavesOf(type.ofType, [...path, 0]);
  if (isInputObjectType(type))
    return Object.values(type.getFields()).flatMap((field) => leavesOf(field.type, [...path, field.name]));
  return guarded.has(type.name) ? [{ scalar: type.name as InputLeaf['scalar'], path }] : [];
}

/** A value that a field may take, whole: every optional part is there. */
export function sampleOf(type: GraphQLInputType, name: string, known: Readonly<Record<string, unknown>>): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType, name, known);
  if (isListType(type)) return [sampleOf(type.ofType, name, known)];
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields()).map((field) => [field.name, sampleOf(field.type, field.name, known)]),
    );
  if (name in known) return known[name];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  return samples[type.name];
}

const samples: Readonly<Record<string, unknown>> = {
  String: 'some text',
  ID: '01980000-0000-7000-8000-000000000001',
  DateTime: '2026-01-01T12:00:00.000Z',
  Int: 1,
  Float: 100,
  Boolean: true,
};

/** A copy of `value` in which something else stands at `path`. */
export function withLeaf(value: unknown, path: readonly (string | number)[], leaf: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return leaf;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[key] = withLeaf(copy[key], rest, leaf);
  return copy;
}
