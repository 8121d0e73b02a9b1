import { Kind, type DocumentNode, type SelectionSetNode } from 'graphql';
import {
  directivesNamed,
  fieldOf,
  namedTypeOf,
  parseFieldSet,
  textArgument,
  typesOf,
  type FieldsDefinition,
} from './supergraph-types.ts';

/** The names under which the planner may fetch fields of each type by itself: of keys, and of what fields require. */
export function reservedNamesOf(document: DocumentNode): ReadonlyMap<string, ReadonlySet<string>> {
  const types = typesOf(document);
  const reserved = new Map<string, Set<string>>();
  for (const type of types.values()) {
    for (const fields of fieldSetsOf(type)) reserve(parseFieldSet(fields), type.name.value, types, reserved);
  }
  return reserved;
}

const fieldSetsOf = (type: FieldsDefinition): readonly string[] => [
  ...directivesNamed(type, 'join__type').flatMap((directive) => textArgument(directive, 'key') ?? []),
  ...(type.fields ?? []).flatMap((field) =>
    directivesNamed(field, 'join__field').flatMap((directive) => textArgument(directive, 'requires') ?? []),
  ),
];

function reserve(
  { selections }: SelectionSetNode,
  typeName: string,
  types: ReadonlyMap<string, FieldsDefinition>,
  reserved: Map<string, Set<string>>,
): void {
  const names = reserved.get(typeName) ?? new Set();
  reserved.set(typeName, names);
  for (const selection of selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      reserve(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, types, reserved);
      continue;
    }
    names.add(selection.name.value);
    const field = fieldOf(types.get(typeName), selection.name.value);
    if (field && selection.selectionSet) reserve(selection.selectionSet, namedTypeOf(field.type), types, reserved);
  }
}
