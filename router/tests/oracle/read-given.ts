import { Kind, type SelectionSetNode } from 'graphql';

/** An entity as the router tells a subgraph of it. */
export type Representation = Readonly<Record<string, unknown>>;

export type IsOfType = (object: { __typename: string }, condition: string | undefined) => boolean;

/**
 * Reads what a field set names from a representation, in the order of the field set. Of an object whose type neither the
 * field set nor the representation names, a fragment holds when all that it selects is there.
 * @throws Error that says what the representation lacks
 */
export function readGiven(
  { selections }: SelectionSetNode,
  given: Representation,
  isOfType: IsOfType,
): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const name = selection.name.value;
      if (!Object.hasOwn(given, name)) throw new Error(`${name} is missing in ${JSON.stringify(given)}`);
      read[name] = readIn(selection.selectionSet, given[name], isOfType);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const { __typename } = given;
      if (typeof __typename !== 'string') Object.assign(read, readIfThere(selection.selectionSet, given, isOfType));
      else if (isOfType({ __typename }, selection.typeCondition?.name.value)) {
        Object.assign(read, readGiven(selection.selectionSet, given, isOfType));
      }
    }
  }
  return read;
}

/** Types may have fields of one name, of which one is an object and the other is not. */
function readIfThere(selectionSet: SelectionSetNode, given: Representation, isOfType: IsOfType): object {
  try {
    return readGiven(selectionSet, given, isOfType);
  } catch {
    return {};
  }
}

function readIn(selectionSet: SelectionSetNode | undefined, value: unknown, isOfType: IsOfType): unknown {
  if (!selectionSet || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => readIn(selectionSet, element, isOfType));
  if (typeof value !== 'object') throw new Error(`${JSON.stringify(value)} is no object`);
  return readGiven(selectionSet, value as Representation, isOfType);
}
