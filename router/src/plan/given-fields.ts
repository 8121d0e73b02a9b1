import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { includesNeeds, mergeNeeds, NO_NEEDS, type Needs } from './needs.ts';

/** What a subgraph is given of entities (`requires` of a fetch). Under an alias is what was fetched under it. */
type Given = readonly QueryPlanSelectionNode[];

const fetchedName = ({ alias, name }: { readonly alias?: string; readonly name: string }): string => alias ?? name;

/** Whether some object would have to hold two values under one name. */
export function givesOneFieldTwice(given: Given): boolean {
  const sources = new Map<string, string>();
  const visit = (selections: Given): boolean =>
    selections.some((one) => {
      if (one.kind === 'InlineFragment') return visit(one.selections);
      const source = sources.get(one.name);
      sources.set(one.name, fetchedName(one));
      return (source !== undefined && source !== fetchedName(one)) || givesOneFieldTwice(one.selections ?? []);
    });
  return visit(given);
}

/**
 * What a subgraph must be given for some of the fields that it was to be asked for.
 * @param needs of those fields
 * @param allNeeds of all fields
 * @param keysOf the keys by which the subgraph knows entities of a type
 */
export function givenFields(
  given: Given,
  needs: Needs,
  allNeeds: Needs,
  keysOf: (typeName: string) => readonly Needs[],
): QueryPlanSelectionNode[] {
  const byType = new Map<string, QueryPlanSelectionNode[]>();
  for (const one of given) {
    if (one.kind !== 'InlineFragment' || one.typeCondition === undefined) throw new Error('entities of no type');
    byType.set(one.typeCondition, [...(byType.get(one.typeCondition) ?? []), ...one.selections]);
  }
  return [...byType].map(([typeCondition, selections]) => {
    const unique = [...new Map(selections.map((one) => [JSON.stringify(one), one])).values()];
    const keys = keysOf(typeCondition).filter((key) => includesNeeds(namesGiven(unique), key));
    const key = keys.find((one) => ![...one.keys()].some((name) => allNeeds.has(name)));
    const kept = mergeNeeds(needs, key ?? keys.reduce(mergeNeeds, NO_NEEDS));
    return { kind: 'InlineFragment', typeCondition, selections: keepOnly(unique, kept, allNeeds) };
  });
}

/** Of one object: the names under which it was fetched. */
export const namesGiven = (given: Given): Needs =>
  given.reduce<Needs>((names, one) => {
    const below = namesGiven(one.selections ?? []);
    return mergeNeeds(names, one.kind === 'Field' ? new Map([[fetchedName(one), below]]) : below);
  }, NO_NEEDS);

/** Leaves out what is not kept of what is needed by some field. */
const keepOnly = (given: Given, kept: Needs, needed: Needs): QueryPlanSelectionNode[] =>
  given.flatMap((one): QueryPlanSelectionNode[] => {
    if (one.kind === 'InlineFragment') return [{ ...one, selections: keepOnly(one.selections, kept, needed) }];
    const name = fetchedName(one);
    const [keptBelow, neededBelow] = [kept.get(name), needed.get(name)];
    if (neededBelow && !keptBelow) return [];
    const below = one.selections && keepOnly(one.selections, keptBelow ?? NO_NEEDS, neededBelow ?? NO_NEEDS);
    // Another selection of the field has what is kept.
    if (below?.length === 0) return [];
    return [{ ...one, ...(below && { selections: below }) }];
  });
