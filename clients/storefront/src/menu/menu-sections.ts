import type { DietaryTag } from '@brigade/graphql';

interface Listed {
  readonly name: string;
  readonly description: string;
  readonly dietaryTags: readonly DietaryTag[];
  readonly category: { readonly id: string; readonly name: string; readonly position: number };
}

export interface MenuSection<T> {
  readonly id: string;
  readonly name: string;
  readonly dishes: readonly T[];
}

/** What guests look for on the menu. */
export interface Wish {
  /** Words that name or description must all have, in any order; case and accents are the same. */
  readonly search: string;
  /** Tags that the dish must all have. */
  readonly tags: readonly DietaryTag[];
}

/** The dishes that fulfil a wish, by category in the order of the menu; what is empty is left out. */
export function sectionsOf<T extends Listed>(dishes: readonly T[], { search, tags }: Wish): MenuSection<T>[] {
  const words = plain(search).split(/\s+/).filter(Boolean);
  const fits = ({ name, description, category, dietaryTags }: T) => {
    const text = plain(`${name} ${description} ${category.name}`);
    return words.every((word) => text.includes(word)) && tags.every((tag) => dietaryTags.includes(tag));
  };
  const sections = Map.groupBy(dishes.filter(fits), ({ category }) => category.id);
  return [...sections]
    .flatMap(([id, [first, ...others]]) =>
      first ? [{ id, category: first.category, dishes: [first, ...others] }] : [],
    )
    .toSorted((one, other) => one.category.position - other.category.position)
    .map(({ id, category, dishes: inIt }) => ({ id, name: category.name, dishes: inIt }));
}

/** Lower case, without accents: `Crème` is found as `creme`. */
const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
