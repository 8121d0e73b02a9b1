import { Kind, print, type ArgumentNode, type FieldNode, type ValueNode } from 'graphql';

/**
 * The names under which fields are fetched that are not fetched under their response names, by `fetchedNameKey`. Each of
 * them stands nowhere else in the operation.
 */
export type FetchedNames = Readonly<Record<string, string>>;

export const responseNameOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

export const fetchedNameKey = (node: FieldNode): string => `${responseNameOf(node)}: ${meaningOf(node)}`;

/** What tells a selection of a field from others of the same response name: the field, and its arguments in any order. */
export const meaningOf = ({ name, arguments: given = [] }: FieldNode): string =>
  `${name.value}${canonicalArguments(given)}`;

/** Empty where there are none. */
export const canonicalArguments = (given: readonly ArgumentNode[]): string =>
  given.length === 0
    ? ''
    : `(${given
        .map(({ name, value }) => `${name.value}:${canonicalValue(value)}`)
        .toSorted()
        .join(',')})`;

function canonicalValue(value: ValueNode): string {
  if (value.kind === Kind.LIST) return `[${value.values.map(canonicalValue).join(',')}]`;
  if (value.kind !== Kind.OBJECT) return print(value);
  const fields = value.fields.map((field) => `${field.name.value}:${canonicalValue(field.value)}`);
  return `{${fields.toSorted().join(',')}}`;
}
