import { GraphQLNonNull, GraphQLString, Kind, isAbstractType } from 'graphql';
import {
  conditionsOf,
  type CollectContext,
  type CollectedField,
  type Condition,
  type SelectionGroup,
} from './collect-fields.ts';
import { INCOMPLETE, type FieldRefusal } from './field-refusal.ts';
import { satisfies } from './types.ts';

/** What a client is told where it asks for fields of some types only, and nobody knows of which type the object is. */
const UNKNOWN_TYPE: FieldRefusal = {
  message: 'No subgraph told of which type the object is.',
  extensions: { code: INCOMPLETE },
};

/**
 * Stands for the type of objects that do not say more than an interface or a union: without it, the object is null. A
 * subgraph that has an interface as an object type knows no more of them, and the subgraph that does may fail.
 * @param runtimeType as far as it is known
 * @returns nothing where the selections are the same for every type
 */
export function typeToKnow(
  groups: readonly SelectionGroup[],
  runtimeType: string,
  context: CollectContext,
): CollectedField | undefined {
  if (!isAbstractType(context.schema.getType(runtimeType))) return undefined;
  const when = groups.flatMap((group) => narrowing(group, false, runtimeType, context));
  if (when.length === 0) return undefined;
  return {
    responseName: '__typename',
    fetchedName: '__typename',
    fieldName: '__typename',
    type: new GraphQLNonNull(GraphQLString),
    parentType: runtimeType,
    refusal: UNKNOWN_TYPE,
    when,
    unless: [],
    groups: [],
  };
}

/** The conditions of each field that is selected of some types only. */
function narrowing(
  { selections, conditions, ...group }: SelectionGroup,
  isWithin: boolean,
  runtimeType: string,
  context: CollectContext,
): readonly (readonly Condition[])[] {
  return selections.flatMap((selection) => {
    const own = conditionsOf(selection);
    if (own === 'never') return [];
    const all = [...conditions, ...own];
    if (selection.kind === Kind.FIELD) return isWithin ? [all] : [];
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : context.fragments.get(selection.name.value);
    if (!fragment) return [];
    const condition = fragment.typeCondition?.name.value;
    const narrows = condition !== undefined && !satisfies(context.schema, runtimeType, condition);
    const below = { ...group, selections: fragment.selectionSet.selections, conditions: all };
    return narrowing(below, isWithin || narrows, runtimeType, context);
  });
}
