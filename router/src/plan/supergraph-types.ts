import {
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  type ASTNode,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';

/** The text of a supergraph, type by type, as the join specification of Apollo Federation writes it. */

export type FieldsDefinition = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

export const hasFields = (node: ASTNode): node is FieldsDefinition =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;

/** The object and interface types, by name. */
export const typesOf = ({ definitions }: DocumentNode): ReadonlyMap<string, FieldsDefinition> =>
  new Map(definitions.filter(hasFields).map((type) => [type.name.value, type]));

/** The names of subgraphs, by the enum values that stand for them in the text. */
export function subgraphNamesOf({ definitions }: DocumentNode): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const { name, directives } of definition.values ?? []) {
      const graph = directives?.find((directive) => directive.name.value === 'join__graph');
      names.set(name.value, (graph && textArgument(graph, 'name')) ?? name.value);
    }
  }
  return names;
}

export const fieldOf = (type: FieldsDefinition | undefined, name: string): FieldDefinitionNode | undefined =>
  type?.fields?.find((field) => field.name.value === name);

export function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type);
}

export const directivesNamed = (
  { directives = [] }: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  name: string,
): readonly ConstDirectiveNode[] => directives.filter((directive) => directive.name.value === name);

const argumentOf = ({ arguments: given = [] }: ConstDirectiveNode, name: string) =>
  given.find((argument) => argument.name.value === name)?.value;

/** An argument that is a string or the name of an enum value; undefined when it is absent. */
export function textArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = argumentOf(directive, name);
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}

export function flagArgument(directive: ConstDirectiveNode, name: string): boolean | undefined {
  const value = argumentOf(directive, name);
  return value?.kind === Kind.BOOLEAN ? value.value : undefined;
}

/** The same directive with another text as an argument. */
export const withTextArgument = (directive: ConstDirectiveNode, name: string, text: string): ConstDirectiveNode => ({
  ...directive,
  arguments: (directive.arguments ?? []).map((argument) =>
    argument.name.value === name ? { ...argument, value: { kind: Kind.STRING, value: text } } : argument,
  ),
});

/** The same directive with another enum value as an argument. */
export const withEnumArgument = (directive: ConstDirectiveNode, name: string, value: string): ConstDirectiveNode => ({
  ...directive,
  arguments: (directive.arguments ?? []).map((argument) =>
    argument.name.value === name ? { ...argument, value: { kind: Kind.ENUM, value } } : argument,
  ),
});

/** `@join__field(graph: …)` */
export const joinField = (graph: string): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'join__field' },
  arguments: [
    {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: 'graph' },
      value: { kind: Kind.ENUM, value: graph },
    },
  ],
});

export function rootTypesOf({ definitions }: DocumentNode): ReadonlySet<string> {
  const schema = definitions.find((one) => one.kind === Kind.SCHEMA_DEFINITION);
  return new Set(
    schema?.kind === Kind.SCHEMA_DEFINITION
      ? schema.operationTypes.map(({ type }) => type.name.value)
      : ['Query', 'Mutation', 'Subscription'],
  );
}

/** The names of fields that some field of a subgraph provides, by `GRAPH Type`. */
export function providedNamesOf(document: DocumentNode): ReadonlyMap<string, ReadonlySet<string>> {
  const types = typesOf(document);
  const provided = new Map<string, Set<string>>();
  const add = ({ selections }: SelectionSetNode, typeName: string, graph: string): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        add(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, graph);
        continue;
      }
      const at = `${graph} ${typeName}`;
      provided.set(at, (provided.get(at) ?? new Set()).add(selection.name.value));
      const field = fieldOf(types.get(typeName), selection.name.value);
      if (field && selection.selectionSet) add(selection.selectionSet, namedTypeOf(field.type), graph);
    }
  };
  for (const type of types.values()) {
    for (const field of type.fields ?? []) {
      for (const directive of directivesNamed(field, 'join__field')) {
        const provides = textArgument(directive, 'provides');
        const graph = textArgument(directive, 'graph') ?? '';
        if (provides !== undefined) add(parseFieldSet(provides), namedTypeOf(field.type), graph);
      }
    }
  }
  return provided;
}

/** Reads what a `@key` or a `@requires` selects. @throws GraphQLError for what is no selection set */
export function parseFieldSet(fields: string): SelectionSetNode {
  const [definition] = parse(`{${fields}}`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`not a field set: ${fields}`);
  return definition.selectionSet;
}

/** The opposite of `parseFieldSet`. */
export const printFieldSet = ({ selections }: SelectionSetNode): string =>
  stripIgnoredCharacters(selections.map((selection) => print(selection)).join(' '));
