import { demoId, demoIngredients } from './demo-ingredients.ts';
import type { Recipe, RecipeStep } from './values.ts';

export type DietaryTag = 'VEGETARIAN' | 'VEGAN' | 'GLUTEN_FREE' | 'DAIRY_FREE' | 'HALAL' | 'SPICY' | 'CONTAINS_NUTS';

export interface DemoCategory {
  id: string;
  name: string;
  description: string;
  /** Place on the menu, from 1. */
  position: number;
}

export interface DemoDish {
  id: string;
  categoryId: string;
  name: string;
  description: string;
  /** Cents. */
  priceMinor: number;
  dietaryTags: DietaryTag[];
  attributes: Record<string, string>;
  recipe: Recipe;
}

export const demoCategories: readonly DemoCategory[] = (
  [
    ['Starters', 'Small plates to begin with.'],
    ['Pizza', 'From the stone oven, dough of the day before.'],
    ['Pasta & Risotto', 'Made to order, never kept warm.'],
    ['Wok & Curry', 'From the kitchens of Thailand, Vietnam and China.'],
    ['Grill', 'Seared on the griddle, served with a side.'],
    ['Desserts', 'To end with.'],
  ] as const
).map(([name, description], index) => ({ id: demoId(2, index + 1), name, description, position: index + 1 }));

type Sheet = Omit<DemoDish, 'id' | 'categoryId' | 'recipe'> & {
  category: string;
  /** Ingredient name -> what a portion takes, in the ingredient's unit. */
  takes: Record<string, number>;
  steps: RecipeStep[];
};

/** Kitchen seconds at a station; `targetCelsius` is the set point of the appliance. */
const step =
  (station: RecipeStep['station'], usualCelsius: number | null) =>
  (name: string, durationSeconds: number, targetCelsius = usualCelsius): RecipeStep => ({
    name,
    station,
    targetCelsius,
    durationSeconds,
  });
const oven = step('OVEN', 220);
const griddle = step('GRIDDLE', 210);
const fryer = step('FRYER', 180);
const stove = step('STOVE', 120);
const prep = step('PREP', null);

const sheets: readonly Sheet[] = [
  {
    category: 'Starters',
    name: 'French onion soup',
    description: 'Slow onions in broth under a lid of toasted bread and Gruyère.',
    priceMinor: 890,
    dietaryTags: ['VEGETARIAN'],
    attributes: { origin: 'France', allergens: 'gluten, milk' },
    takes: { Onion: 180, Butter: 25, Gruyère: 50, Flour: 40 },
    steps: [stove('Simmer', 150, 110), oven('Gratinate', 120, 230)],
  },
  {
    category: 'Starters',
    name: 'Vegetable spring rolls',
    description: 'Crisp rolls of rice noodles, carrot and mushrooms with a soy dip.',
    priceMinor: 750,
    dietaryTags: ['VEGETARIAN', 'VEGAN', 'DAIRY_FREE'],
    attributes: { origin: 'Vietnam', pieces: '4', allergens: 'gluten, soy' },
    takes: { Flour: 50, 'Rice noodles': 30, Carrots: 40, Mushrooms: 30, 'Soy sauce': 20 },
    steps: [prep('Roll', 60), fryer('Fry', 150, 178)],
  },
  {
    category: 'Starters',
    name: 'Prawn tempura',
    description: 'Prawns in the lightest of batters, with lemon and ginger.',
    priceMinor: 1190,
    dietaryTags: ['DAIRY_FREE'],
    attributes: { origin: 'Japan', pieces: '5', allergens: 'gluten, egg, crustaceans' },
    takes: { Prawns: 140, Flour: 60, Egg: 1, Ginger: 5, Lemon: 1 },
    steps: [prep('Batter', 40), fryer('Fry', 120, 182)],
  },
  {
    category: 'Starters',
    name: 'Green salad with shaved Parmesan',
    description: 'Mixed leaves, lemon and olive oil.',
    priceMinor: 690,
    dietaryTags: ['VEGETARIAN', 'GLUTEN_FREE'],
    attributes: { origin: 'Italy', allergens: 'milk' },
    takes: { 'Mixed leaves': 90, Parmesan: 20, 'Olive oil': 15, Lemon: 1 },
    steps: [prep('Dress', 120)],
  },
  {
    category: 'Starters',
    name: 'Arancini',
    description: 'Fried risotto balls with a heart of mozzarella.',
    priceMinor: 820,
    dietaryTags: ['VEGETARIAN'],
    attributes: { origin: 'Sicily', pieces: '3', allergens: 'gluten, milk, egg' },
    takes: { 'Arborio rice': 70, Mozzarella: 40, Egg: 1, Flour: 30, 'Tomato sauce': 40 },
    steps: [fryer('Fry', 210, 176), prep('Plate with sauce', 40)],
  },
  {
    category: 'Pizza',
    name: 'Margherita',
    description: 'Tomato, mozzarella and basil.',
    priceMinor: 1150,
    dietaryTags: ['VEGETARIAN'],
    attributes: { origin: 'Naples', diameterCm: '32', allergens: 'gluten, milk' },
    takes: { Flour: 180, 'Tomato sauce': 90, Mozzarella: 120, Basil: 5, 'Olive oil': 10 },
    steps: [oven('Bake', 180, 280)],
  },
  {
    category: 'Pizza',
    name: 'Pizza with ham and mushrooms',
    description: 'Tomato, mozzarella, cured ham and mushrooms.',
    priceMinor: 1390,
    dietaryTags: [],
    attributes: { origin: 'Rome', diameterCm: '32', allergens: 'gluten, milk' },
    takes: { Flour: 180, 'Tomato sauce': 90, Mozzarella: 110, 'Cured ham': 60, Mushrooms: 60 },
    steps: [prep('Top', 30), oven('Bake', 190, 280)],
  },
  {
    category: 'Pizza',
    name: 'Garden pizza',
    description: 'Grilled courgette, red pepper and garlic on tomato, without cheese.',
    priceMinor: 1250,
    dietaryTags: ['VEGETARIAN', 'VEGAN', 'DAIRY_FREE'],
    attributes: { origin: 'Italy', diameterCm: '32', allergens: 'gluten' },
    takes: { Flour: 180, 'Tomato sauce': 100, Courgette: 80, 'Red pepper': 60, Garlic: 6, 'Olive oil': 15 },
    steps: [griddle('Grill the vegetables', 90, 220), oven('Bake', 180, 270)],
  },
  {
    category: 'Pizza',
    name: 'Four cheeses',
    description: 'Mozzarella, Gruyère, Parmesan and mascarpone, without tomato.',
    priceMinor: 1420,
    dietaryTags: ['VEGETARIAN'],
    attributes: { origin: 'Italy', diameterCm: '32', allergens: 'gluten, milk' },
    takes: { Flour: 180, Mozzarella: 80, Gruyère: 40, Parmesan: 25, Mascarpone: 40 },
    steps: [oven('Bake', 200, 270)],
  },
  {
    category: 'Pasta & Risotto',
    name: 'Spaghetti al pomodoro',
    description: 'Tomato, garlic, basil and good oil.',
    priceMinor: 1090,
    dietaryTags: ['VEGETARIAN', 'VEGAN', 'DAIRY_FREE'],
    attributes: { origin: 'Italy', allergens: 'gluten' },
    takes: { Spaghetti: 125, 'Tomato sauce': 120, Garlic: 6, Basil: 5, 'Olive oil': 20 },
    steps: [stove('Boil and toss', 240, 100)],
  },
  {
    category: 'Pasta & Risotto',
    name: 'Carbonara',
    description: 'Egg, Parmesan, black pepper and crisp cured ham.',
    priceMinor: 1290,
    dietaryTags: [],
    attributes: { origin: 'Rome', allergens: 'gluten, egg, milk' },
    takes: { Spaghetti: 125, Egg: 2, Parmesan: 30, 'Cured ham': 60 },
    steps: [griddle('Crisp the ham', 60, 200), stove('Boil and bind', 210, 100)],
  },
  {
    category: 'Pasta & Risotto',
    name: 'Mushroom risotto',
    description: 'Arborio rice with mushrooms, butter and Parmesan.',
    priceMinor: 1390,
    dietaryTags: ['VEGETARIAN', 'GLUTEN_FREE'],
    attributes: { origin: 'Lombardy', allergens: 'milk' },
    takes: { 'Arborio rice': 100, Mushrooms: 110, Onion: 40, Butter: 25, Parmesan: 25 },
    steps: [griddle('Sear the mushrooms', 70, 220), stove('Stir', 270, 105)],
  },
  {
    category: 'Pasta & Risotto',
    name: 'White truffle risotto',
    description: 'Arborio rice with butter and Parmesan, white truffle shaved over it: few portions a day.',
    priceMinor: 4900,
    dietaryTags: ['VEGETARIAN', 'GLUTEN_FREE'],
    attributes: { origin: 'Alba', allergens: 'milk', season: 'October to December' },
    takes: { 'Arborio rice': 100, Butter: 30, Parmesan: 30, 'White truffle': 5 },
    steps: [stove('Stir', 270, 105), prep('Shave the truffle', 30)],
  },
  {
    category: 'Wok & Curry',
    name: 'Pad thai with prawns',
    description: 'Rice noodles, prawns, egg, spring onions and roasted peanuts.',
    priceMinor: 1450,
    dietaryTags: ['DAIRY_FREE', 'GLUTEN_FREE', 'CONTAINS_NUTS'],
    attributes: { origin: 'Thailand', allergens: 'egg, crustaceans, peanuts' },
    takes: { 'Rice noodles': 130, Prawns: 120, Egg: 1, 'Spring onions': 25, Peanuts: 25, Lemon: 1 },
    steps: [prep('Soak and cut', 45), stove('Stir-fry', 180, 160)],
  },
  {
    category: 'Wok & Curry',
    name: 'Green curry with chicken',
    description: 'Chicken in coconut milk and hot green curry paste, with jasmine rice.',
    priceMinor: 1490,
    dietaryTags: ['DAIRY_FREE', 'GLUTEN_FREE', 'HALAL', 'SPICY'],
    attributes: { origin: 'Thailand', heat: '3 of 3' },
    takes: { 'Chicken breast': 160, 'Coconut milk': 150, 'Curry paste': 30, 'Jasmine rice': 120, Courgette: 60 },
    steps: [griddle('Sear the chicken', 90, 220), stove('Simmer', 240, 100)],
  },
  {
    category: 'Wok & Curry',
    name: 'Red curry with tofu',
    description: 'Fried tofu, red pepper and carrots in coconut milk, with jasmine rice.',
    priceMinor: 1350,
    dietaryTags: ['VEGETARIAN', 'VEGAN', 'DAIRY_FREE', 'GLUTEN_FREE', 'SPICY'],
    attributes: { origin: 'Thailand', heat: '2 of 3', allergens: 'soy' },
    takes: { Tofu: 150, 'Coconut milk': 150, 'Curry paste': 25, 'Jasmine rice': 120, 'Red pepper': 60, Carrots: 50 },
    steps: [fryer('Fry the tofu', 120, 180), stove('Simmer', 180, 100)],
  },
  {
    category: 'Wok & Curry',
    name: 'Crispy beef with ginger',
    description: 'Strips of beef, fried twice, in soy, ginger and spring onions.',
    priceMinor: 1590,
    dietaryTags: ['DAIRY_FREE', 'HALAL', 'SPICY'],
    attributes: { origin: 'Sichuan', heat: '2 of 3', allergens: 'soy, gluten' },
    takes: { 'Beef steak': 160, Flour: 30, Ginger: 12, 'Soy sauce': 25, 'Spring onions': 25, 'Jasmine rice': 120 },
    steps: [fryer('Fry', 150, 185), stove('Glaze', 90, 150)],
  },
  {
    category: 'Wok & Curry',
    name: 'Vegetable fried rice',
    description: 'Jasmine rice with egg, carrots, spring onions and soy.',
    priceMinor: 1090,
    dietaryTags: ['VEGETARIAN', 'DAIRY_FREE'],
    attributes: { origin: 'China', allergens: 'egg, soy' },
    takes: { 'Jasmine rice': 150, Egg: 1, Carrots: 50, 'Spring onions': 25, 'Soy sauce': 20 },
    steps: [griddle('Fry on the plate', 210, 230)],
  },
  {
    category: 'Grill',
    name: 'Steak frites',
    description: 'Beef from the griddle, butter, and fries cooked twice.',
    priceMinor: 2290,
    dietaryTags: ['GLUTEN_FREE', 'HALAL'],
    attributes: { origin: 'France', doneness: 'medium rare', allergens: 'milk' },
    takes: { 'Beef steak': 220, Potatoes: 250, Butter: 20, Garlic: 4 },
    steps: [fryer('Fry the potatoes', 180, 180), griddle('Sear', 180, 230)],
  },
  {
    category: 'Grill',
    name: 'Salmon with lemon butter',
    description: 'Salmon crisp on the skin, lemon butter, oven potatoes.',
    priceMinor: 1990,
    dietaryTags: ['GLUTEN_FREE'],
    attributes: { origin: 'France', allergens: 'fish, milk' },
    takes: { 'Salmon fillet': 180, Butter: 30, Lemon: 1, Potatoes: 180 },
    steps: [oven('Roast the potatoes', 180, 220), griddle('Crisp the skin', 150, 200)],
  },
  {
    category: 'Grill',
    name: 'Chicken paillard',
    description: 'Chicken breast beaten thin, grilled, with leaves and lemon.',
    priceMinor: 1650,
    dietaryTags: ['GLUTEN_FREE', 'DAIRY_FREE', 'HALAL'],
    attributes: { origin: 'France' },
    takes: { 'Chicken breast': 180, 'Mixed leaves': 60, Lemon: 1, 'Olive oil': 15 },
    steps: [griddle('Grill', 210, 215), prep('Dress the leaves', 40)],
  },
  {
    category: 'Grill',
    name: 'Tofu steak with ginger',
    description: 'Pressed tofu seared in soy and ginger, with courgette.',
    priceMinor: 1450,
    dietaryTags: ['VEGETARIAN', 'VEGAN', 'DAIRY_FREE'],
    attributes: { origin: 'Japan', allergens: 'soy, gluten' },
    takes: { Tofu: 200, Ginger: 10, 'Soy sauce': 25, Courgette: 120, 'Spring onions': 15 },
    steps: [griddle('Sear', 180, 210)],
  },
  {
    category: 'Grill',
    name: 'Fish and chips',
    description: 'Salmon in batter with fries and lemon.',
    priceMinor: 1590,
    dietaryTags: ['DAIRY_FREE'],
    attributes: { origin: 'London by way of Lyon', allergens: 'fish, gluten, egg' },
    takes: { 'Salmon fillet': 150, Flour: 70, Egg: 1, Potatoes: 250, Lemon: 1 },
    steps: [prep('Batter', 45), fryer('Fry', 240, 180)],
  },
  {
    category: 'Desserts',
    name: 'Tiramisù',
    description: 'Mascarpone, espresso, egg and cocoa.',
    priceMinor: 790,
    dietaryTags: ['VEGETARIAN'],
    attributes: { origin: 'Treviso', allergens: 'gluten, milk, egg' },
    takes: { Mascarpone: 100, Espresso: 40, Egg: 1, Sugar: 30, Flour: 30 },
    steps: [prep('Layer', 150)],
  },
  {
    category: 'Desserts',
    name: 'Crème brûlée',
    description: 'Baked cream under a crust of burnt sugar.',
    priceMinor: 820,
    dietaryTags: ['VEGETARIAN', 'GLUTEN_FREE'],
    attributes: { origin: 'France', allergens: 'milk, egg' },
    takes: { Cream: 140, Egg: 2, Sugar: 45 },
    steps: [oven('Bake', 210, 180), prep('Burn the sugar', 45)],
  },
  {
    category: 'Desserts',
    name: 'Chocolate fondant',
    description: 'Dark chocolate, liquid inside.',
    priceMinor: 890,
    dietaryTags: ['VEGETARIAN'],
    attributes: { origin: 'France', allergens: 'gluten, milk, egg' },
    takes: { 'Dark chocolate': 70, Butter: 40, Egg: 1, Sugar: 30, Flour: 20 },
    steps: [stove('Melt', 60, 90), oven('Bake', 180, 210)],
  },
  {
    category: 'Desserts',
    name: 'Peanut and coconut fritters',
    description: 'Warm fritters of coconut and peanuts, dusted with sugar.',
    priceMinor: 720,
    dietaryTags: ['VEGETARIAN', 'VEGAN', 'DAIRY_FREE', 'CONTAINS_NUTS'],
    attributes: { origin: 'Indonesia', pieces: '5', allergens: 'gluten, peanuts' },
    takes: { Flour: 60, 'Coconut milk': 60, Peanuts: 30, Sugar: 25 },
    steps: [fryer('Fry', 150, 175)],
  },
  {
    category: 'Desserts',
    name: 'Lemon tart',
    description: 'Short pastry with a sharp lemon cream.',
    priceMinor: 760,
    dietaryTags: ['VEGETARIAN'],
    attributes: { origin: 'Menton', allergens: 'gluten, milk, egg' },
    takes: { Flour: 60, Butter: 30, Lemon: 1, Egg: 1, Sugar: 40, Cream: 30 },
    steps: [oven('Bake', 240, 190)],
  },
];

const ingredientIds = new Map(demoIngredients.map(({ name, id }) => [name, id]));
const categoryIds = new Map(demoCategories.map(({ name, id }) => [name, id]));

function idIn(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name);
  if (!id) throw new Error(`the demonstration data names ${name}, which it has not`);
  return id;
}

/** 28 dishes in the order of the menu. */
export const demoDishes: readonly DemoDish[] = sheets.map(({ category, takes, steps, ...dish }, index) => ({
  ...dish,
  id: demoId(3, index + 1),
  categoryId: idIn(categoryIds, category),
  recipe: {
    ingredients: Object.entries(takes).map(([name, quantity]) => ({
      ingredientId: idIn(ingredientIds, name),
      quantity,
    })),
    steps,
  },
}));
