import {
  GraphQLError,
  Kind,
  TypeInfo,
  getNamedType,
  isEnumType,
  isInputObjectType,
  parse,
  validate,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLInputObjectType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** An operation that a client is known to send. */
export interface RecordedOperation {
  readonly name: string;
  /** With the fragments that it needs. */
  readonly body: string;
}

/** Why the schema does not answer an operation; empty when it does. */
export function faultsOf(schema: GraphQLSchema, { body }: RecordedOperation): string[] {
  const document = parseOrFault(body);
  return typeof document === 'string' ? [document] : validate(schema, document).map(({ message }) => message);
}

/**
 * Everything of the schema that an operation touches: types, `Type.field`, `Type.field.argument`, `Enum.VALUE`, and of
 * the inputs that it takes as variables each field.
 */
export function coordinatesOf(schema: GraphQLSchema, { body }: RecordedOperation): ReadonlySet<string> {
  const document = parseOrFault(body);
  const used = new Set<string>();
  if (typeof document === 'string') return used;
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field() {
        const parent = types.getParentType();
        const field = types.getFieldDef();
        if (!parent || !field) return;
        used.add(parent.name);
        used.add(`${parent.name}.${field.name}`);
        addType(getNamedType(field.type), used);
      },
      Argument({ name }) {
        const parent = types.getParentType();
        const field = types.getFieldDef();
        if (parent && field && types.getArgument()) used.add(`${parent.name}.${field.name}.${name.value}`);
      },
      ObjectField({ name }) {
        const parent = getNamedType(types.getParentInputType());
        if (parent) used.add(`${parent.name}.${name.value}`);
      },
      ObjectValue() {
        const type = getNamedType(types.getInputType());
        if (type) used.add(type.name);
      },
      EnumValue({ value }) {
        const type = getNamedType(types.getInputType());
        if (type) used.add(type.name).add(`${type.name}.${value}`);
      },
      VariableDefinition({ type: typeNode }) {
        let named = typeNode;
        while (named.kind !== Kind.NAMED_TYPE) named = named.type;
        addType(schema.getType(named.name.value), used);
      },
      NamedType({ name }) {
        used.add(name.value);
      },
    }),
  );
  return used;
}

/** A type with what a value of it may hold: an enum's values, an input's fields and theirs. */
function addType(type: GraphQLNamedType | undefined | null, used: Set<string>): void {
  if (!type) return;
  used.add(type.name);
  if (isEnumType(type)) for (const { name } of type.getValues()) used.add(`${type.name}.${name}`);
  if (isInputObjectType(type)) addInput(type, used);
}

function addInput(type: GraphQLInputObjectType, used: Set<string>): void {
  for (const field of Object.values(type.getFields())) {
    const coordinate = `${type.name}.${field.name}`;
    if (used.has(coordinate)) continue; // inputs may contain themselves
    used.add(coordinate);
    addType(getNamedType(field.type), used);
  }
}

function parseOrFault(body: string): DocumentNode | string {
  try {
    return parse(body);
  } catch (error) {
    if (error instanceof GraphQLError) return error.message;
    throw error;
  }
}
