import { Kind, type FragmentDefinitionNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/** How large an operation is when its fragments are written out. */
export interface DocumentMeasures {
  /** Levels of fields below the root; introspection does not count. */
  readonly depth: number;
  /** Of all levels. */
  readonly fields: number;
  readonly aliases: number;
  /** Fields of the root type. */
  readonly rootFields: number;
  readonly directives: number;
  /** Fields of which the alias is a name that the planner needs for itself. */
  readonly reservedAliases: number;
}

/** `own`: fields of its own level. */
type Part = Omit<DocumentMeasures, 'rootFields'> & { own: number };

/** Counted up to here; more is more than any limit. */
const ENOUGH = 1e9;
const INTROSPECTION = new Set(['__schema', '__type']);

/**
 * Measures an operation of a valid document. Each fragment is measured once however often it is spread, so that a
 * document whose fragments double each other costs no more than its length.
 */
export function measureOperation(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): DocumentMeasures {
  const measured = new Map<string, Part>();

  const measureFragment = (name: string): Part => {
    const known = measured.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    const part = fragment ? measure(fragment.selectionSet) : NOTHING;
    const whole = { ...part, directives: part.directives + (fragment?.directives?.length ?? 0) };
    measured.set(name, whole);
    return whole;
  };

  const measure = ({ selections }: SelectionSetNode): Part => {
    const sum = { ...NOTHING };
    for (const selection of selections) {
      sum.directives += selection.directives?.length ?? 0;
      if (selection.kind === Kind.FIELD) {
        const { alias, name, selectionSet } = selection;
        sum.own += 1;
        if (alias) sum.aliases += 1;
        if (alias?.value === '__typename' && name.value !== '__typename') sum.reservedAliases += 1;
        const below = selectionSet ? measure(selectionSet) : NOTHING;
        sum.fields += 1 + below.fields;
        sum.aliases += below.aliases;
        sum.directives += below.directives;
        sum.reservedAliases += below.reservedAliases;
        if (!INTROSPECTION.has(name.value)) sum.depth = Math.max(sum.depth, below.depth + 1);
        continue;
      }
      const part =
        selection.kind === Kind.INLINE_FRAGMENT
          ? measure(selection.selectionSet)
          : measureFragment(selection.name.value);
      sum.own += part.own;
      sum.fields += part.fields;
      sum.aliases += part.aliases;
      sum.directives += part.directives;
      sum.reservedAliases += part.reservedAliases;
      sum.depth = Math.max(sum.depth, part.depth);
    }
    for (const key of ['own', 'fields', 'aliases', 'directives'] as const) sum[key] = Math.min(sum[key], ENOUGH);
    return sum;
  };

  const { own: rootFields, ...rest } = measure(operation.selectionSet);
  const variables = (operation.variableDefinitions ?? []).reduce((sum, one) => sum + (one.directives?.length ?? 0), 0);
  const directives = rest.directives + (operation.directives?.length ?? 0) + variables;
  return { ...rest, directives, rootFields };
}

const NOTHING: Part = { depth: 0, fields: 0, aliases: 0, directives: 0, reservedAliases: 0, own: 0 };
