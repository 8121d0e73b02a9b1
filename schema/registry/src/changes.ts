import { CriticalityLevel, diff } from '@graphql-inspector/core';
import type { GraphQLSchema } from 'graphql';

/** `breaking`: a client may stop working; `dangerous`: one may behave otherwise; `safe`: none notices. */
export type Weight = 'breaking' | 'dangerous' | 'safe';

/** One difference between two schemas as clients see them. */
export interface Change {
  /** E.g. `FIELD_REMOVED`. */
  readonly code: string;
  /** What changed: `Type`, `Type.field`, `Type.field.argument`, `Enum.VALUE`. */
  readonly coordinate: string;
  readonly description: string;
  readonly weight: Weight;
}

const weights: Record<CriticalityLevel, Weight> = {
  [CriticalityLevel.Breaking]: 'breaking',
  [CriticalityLevel.Dangerous]: 'dangerous',
  [CriticalityLevel.NonBreaking]: 'safe',
};
const byWeight: readonly Weight[] = ['breaking', 'dangerous', 'safe'];

/** The differences, the worst first. */
export async function changesBetween(before: GraphQLSchema, after: GraphQLSchema): Promise<Change[]> {
  const found = await diff(before, after);
  return found
    .filter(({ type }) => !String(type).startsWith('DIRECTIVE_USAGE')) // @deprecated has changes of its own
    .map(({ type, path = '', message, criticality }) => ({
      code: String(type),
      coordinate: path,
      description: message,
      weight: weights[criticality.level],
    }))
    .toSorted((a, b) => byWeight.indexOf(a.weight) - byWeight.indexOf(b.weight));
}
