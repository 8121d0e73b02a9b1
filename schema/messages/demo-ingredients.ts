/** Demonstration stock. Data only: the menu's recipes name these, and inventory fills its shelves with them. */
export type IngredientUnit = 'GRAM' | 'MILLILITRE' | 'PIECE';

export interface DemoIngredient {
  id: string;
  name: string;
  unit: IngredientUnit;
  /** In `unit`. */
  initialStock: number;
  /** At or below this, in `unit`, the stock is called low. */
  lowThreshold: number;
}

/** A usual portion is in stock so many times. */
const PORTIONS = 40_000;

/** Name, unit, and what one dish usually takes of it. */
const usual: readonly (readonly [string, IngredientUnit, number])[] = [
  ['Flour', 'GRAM', 160],
  ['Tomato sauce', 'MILLILITRE', 90],
  ['Mozzarella', 'GRAM', 110],
  ['Parmesan', 'GRAM', 25],
  ['Basil', 'GRAM', 5],
  ['Olive oil', 'MILLILITRE', 20],
  ['Garlic', 'GRAM', 8],
  ['Onion', 'GRAM', 100],
  ['Butter', 'GRAM', 30],
  ['Cream', 'MILLILITRE', 120],
  ['Egg', 'PIECE', 2],
  ['Mixed leaves', 'GRAM', 70],
  ['Sugar', 'GRAM', 45],
  ['Dark chocolate', 'GRAM', 60],
  ['Arborio rice', 'GRAM', 100],
  ['Jasmine rice', 'GRAM', 120],
  ['Spaghetti', 'GRAM', 125],
  ['Rice noodles', 'GRAM', 130],
  ['Chicken breast', 'GRAM', 180],
  ['Beef steak', 'GRAM', 220],
  ['Salmon fillet', 'GRAM', 180],
  ['Prawns', 'GRAM', 140],
  ['Tofu', 'GRAM', 150],
  ['Potatoes', 'GRAM', 250],
  ['Mushrooms', 'GRAM', 90],
  ['Courgette', 'GRAM', 100],
  ['Red pepper', 'GRAM', 80],
  ['Carrots', 'GRAM', 70],
  ['Spring onions', 'GRAM', 25],
  ['Ginger', 'GRAM', 10],
  ['Soy sauce', 'MILLILITRE', 25],
  ['Coconut milk', 'MILLILITRE', 150],
  ['Curry paste', 'GRAM', 30],
  ['Peanuts', 'GRAM', 25],
  ['Lemon', 'PIECE', 1],
  ['Mascarpone', 'GRAM', 90],
  ['Cured ham', 'GRAM', 60],
  ['Gruyère', 'GRAM', 60],
  ['Espresso', 'MILLILITRE', 40],
];

/** Ids that never change: the n-th thing of a kind (1 ingredient, 2 category, 3 dish). */
export const demoId = (kind: 1 | 2 | 3, n: number): string =>
  `01950000-0000-7000-8000-${kind}${n.toString().padStart(11, '0')}`;

/** 40 ingredients. White truffle is scarce on purpose: six portions, then dishes with it are out of stock. */
export const demoIngredients: readonly DemoIngredient[] = [
  ...usual.map(([name, unit, portion], index) => ({
    id: demoId(1, index + 1),
    name,
    unit,
    initialStock: portion * PORTIONS,
    lowThreshold: (portion * PORTIONS) / 100,
  })),
  { id: demoId(1, usual.length + 1), name: 'White truffle', unit: 'GRAM', initialStock: 30, lowThreshold: 10 },
];
