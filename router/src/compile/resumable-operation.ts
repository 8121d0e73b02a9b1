import {
  Kind,
  getNullableType,
  parse,
  parseType,
  print,
  valueFromASTUntyped,
  visit,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
} from 'graphql';
import { getOwn, isObject, type JsonObject } from './own.ts';

/** How a subscription is taken up again where it was left. */
export interface ResumeRule {
  /** The argument of the subscription's field after whose value events begin. */
  readonly argument: string;
  /** The field of an event's root object that says where the event stands. */
  readonly cursor: string;
}

/** By the name of a field of the subscription type. */
export type ResumeRules = Readonly<Record<string, ResumeRule>>;

/** A subscription to a subgraph whose events say where they stand, and that can begin anywhere. */
export interface ResumableOperation {
  readonly query: string;
  /** The router's own: where to begin. */
  readonly variable: string;
  /** Whether a variable of the client's is still used. */
  uses(variable: string): boolean;
  /** Where the client wants to begin; undefined when it does not say. */
  begin(variables: JsonObject): unknown;
  /** Takes what the client did not ask for out of the data of an event. */
  takeCursor(data: JsonObject): unknown;
}

/**
 * Has the cursor selected under an alias of the router's own, and the argument taken from a variable of the router's own,
 * in whatever way the client gave it.
 * @param operation to the subgraph, as planned
 * @returns undefined when it does not select the field
 */
export function makeResumable(
  operation: string,
  fieldName: string,
  { argument, cursor }: ResumeRule,
  schema: GraphQLSchema,
): ResumableOperation | undefined {
  const document = parse(operation);
  const definition = operationOf(document);
  const fields = rootFields(definition.selectionSet, fieldName, document);
  const [field] = fields;
  const declared = schema
    .getSubscriptionType()
    ?.getFields()
    [fieldName]?.args.find(({ name }) => name === argument);
  if (!field || !declared) return undefined;

  const alias = unused('_cursor', operation);
  const variable = unused('_after', operation);
  const changed: DocumentNode = visit(document, {
    Field: (node) => (fields.includes(node) ? withCursor(node, alias, cursor, argument, variable) : undefined),
  });
  const used = variablesOf(changed);
  // With a default the argument may be left out; a variable of the nullable type then leaves it out too.
  const type = declared.defaultValue === undefined ? declared.type : getNullableType(declared.type);
  const own: VariableDefinitionNode = {
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } },
    type: parseType(String(type)),
  };
  const definitions = (definition.variableDefinitions ?? []).filter(({ variable: { name } }) => used.has(name.value));
  const query = visit(changed, {
    OperationDefinition: (node) => ({ ...node, variableDefinitions: [...definitions, own] }),
  });

  const responseName = (field.alias ?? field.name).value;
  return {
    query: print(query),
    variable,
    uses: (name) => used.has(name),
    begin: beginningOf(field, argument, definition),
    takeCursor(data) {
      const root = getOwn(data, responseName);
      if (!isObject(root)) return undefined;
      const found = root[alias];
      delete root[alias];
      return found ?? undefined;
    },
  };
}

function operationOf({ definitions }: DocumentNode): OperationDefinitionNode {
  const found = definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (!found) throw new Error('a fetch without an operation');
  return found as OperationDefinitionNode;
}

/** The selections of one field of the root type, wherever conditions have put them. */
function rootFields({ selections }: SelectionSetNode, name: string, document: DocumentNode): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value === name ? [selection] : [];
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : document.definitions.find(
            (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
          );
    return fragment && 'selectionSet' in fragment && fragment.selectionSet
      ? rootFields(fragment.selectionSet, name, document)
      : [];
  });
}

const withCursor = (
  field: FieldNode,
  alias: string,
  cursor: string,
  argument: string,
  variable: string,
): FieldNode => ({
  ...field,
  arguments: [
    ...(field.arguments ?? []).filter(({ name }) => name.value !== argument),
    {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: argument },
      value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } },
    },
  ],
  selectionSet: {
    kind: Kind.SELECTION_SET,
    selections: [
      ...(field.selectionSet?.selections ?? []),
      {
        kind: Kind.FIELD,
        alias: { kind: Kind.NAME, value: alias },
        name: { kind: Kind.NAME, value: cursor },
      },
    ],
  },
});

function variablesOf(document: DocumentNode): ReadonlySet<string> {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  });
  return used;
}

/** What the client gave for the argument: a literal, a variable, the default of a variable, or nothing. */
function beginningOf(
  { arguments: given = [] }: FieldNode,
  argument: string,
  { variableDefinitions = [] }: OperationDefinitionNode,
): (variables: JsonObject) => unknown {
  const value = given.find(({ name }) => name.value === argument)?.value;
  if (!value) return () => undefined;
  const defaults = Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
    ),
  );
  return (variables) => valueFromASTUntyped(value, Object.assign(Object.create(null), defaults, variables));
}

/** A name that stands nowhere in the text of an operation. */
function unused(name: string, operation: string): string {
  let free = name;
  while (operation.includes(free)) free += '_';
  return free;
}
