import { ingredientsIn, type Ingredient } from './ingredient.ts';

/** What of a dish says how it looks. */
export interface DishLook {
  readonly name: string;
  readonly description?: string;
  readonly dietaryTags?: readonly string[];
  readonly category?: { readonly name: string };
}

export const motifKinds = [
  'pizza',
  'soup',
  'pasta',
  'noodles',
  'risotto',
  'rice',
  'curry',
  'stir-fry',
  'salad',
  'rolls',
  'fried',
  'meat',
  'fish',
  'tofu',
  'glass',
  'ramekin',
  'cake',
  'tart',
  'plate',
] as const;
export type MotifKind = (typeof motifKinds)[number];

export interface Motif {
  readonly kind: MotifKind;
  /** What can be seen on it, the most telling first. */
  readonly ingredients: readonly Ingredient[];
  /** All that is left to chance comes from it. */
  readonly seed: string;
}

type Rules = readonly (readonly [RegExp, MotifKind])[];

/** Names that say it all, wherever on the menu they stand. */
const telling: Rules = [
  [/pizza|margherita|calzone|focaccia/, 'pizza'],
  [/soup|broth|bisque|chowder|minestrone|gazpacho/, 'soup'],
  [/risotto|paella/, 'risotto'],
  [/fried rice|biryani|pilaf|nasi/, 'rice'],
  [/curry|masala|\bdal\b|tikka|rendang/, 'curry'],
  [/pad thai|noodle|ramen|chow mein|\bpho\b|\budon/, 'noodles'],
  [/spaghetti|carbonara|pasta|penne|linguine|lasagne|ravioli|bolognese|tagliatelle|gnocchi/, 'pasta'],
  [/tiramisu|trifle|mousse|panna cotta|sundae|ice cream|sorbet/, 'glass'],
  [/brulee|flan\b|souffle|custard|pudding/, 'ramekin'],
  [/tarte?\b|\bpie\b|quiche|cheesecake/, 'tart'],
  [/fondant|cake|brownie|torte/, 'cake'],
  [/fritter|doughnut|beignet|arancini|croquette|tempura|nugget|falafel/, 'fried'],
  [/\brolls?\b|sushi|wrap|dumpling|gyoza/, 'rolls'],
  [/salad|slaw/, 'salad'],
];
/** Names that leave it to the part of the menu what becomes of them. */
const vague: Rules = [
  [/tofu|tempeh|seitan/, 'tofu'],
  [/salmon|fish|\bcod\b|trout|tuna|bass|prawn/, 'fish'],
  [/steak|beef|paillard|chop|cutlet|schnitzel|burger|chicken|lamb|pork/, 'meat'],
];
const categories: Rules = [
  [/pizza/, 'pizza'],
  [/pasta/, 'pasta'],
  [/wok|curry/, 'stir-fry'],
  [/soup/, 'soup'],
  [/salad/, 'salad'],
  [/dessert|sweet/, 'cake'],
];

/** What to draw for a dish: the same for the same words, and something for words that nobody has thought of. */
export function motifOf({ name, description = '', dietaryTags = [], category }: DishLook): Motif {
  const called = plain(name);
  const told = plain(description);
  const isMeatless = dietaryTags.includes('VEGAN') || dietaryTags.includes('VEGETARIAN');
  const kind =
    first(telling, called) ??
    first(categories, plain(category?.name ?? '')) ??
    first(vague, called) ??
    first(telling, told) ??
    first(vague, told) ??
    'plate';
  return {
    kind: isMeatless && kind === 'meat' ? 'tofu' : kind,
    ingredients: ingredientsIn(`${called}. ${told}`),
    seed: name,
  };
}

const first = (rules: Rules, text: string): MotifKind | undefined => rules.find(([words]) => words.test(text))?.[1];

/** Lower case, without accents. */
const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
