import { Kind, type SelectionSetNode } from 'graphql';

/** The names that are selected of an object, with what is selected below each. */
export type Needs = ReadonlyMap<string, Needs>;

export const NO_NEEDS: Needs = new Map();

/** What is selected of any type. */
export function needsOf({ selections }: SelectionSetNode): Needs {
  return selections.reduce<Needs>((needs, selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return needs;
    if (selection.kind === Kind.INLINE_FRAGMENT) return mergeNeeds(needs, needsOf(selection.selectionSet));
    const below = selection.selectionSet ? needsOf(selection.selectionSet) : NO_NEEDS;
    return mergeNeeds(needs, new Map([[selection.name.value, below]]));
  }, NO_NEEDS);
}

export function mergeNeeds(one: Needs, other: Needs): Needs {
  if (one.size === 0 || other.size === 0) return one.size === 0 ? other : one;
  const merged = new Map(one);
  for (const [name, below] of other) merged.set(name, mergeNeeds(merged.get(name) ?? NO_NEEDS, below));
  return merged;
}

/** Whether everything that one needs is among what the other needs. */
export const includesNeeds = (all: Needs, some: Needs): boolean =>
  [...some].every(([name, below]) => {
    const found = all.get(name);
    return found !== undefined && includesNeeds(found, below);
  });
