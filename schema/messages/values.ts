import { z } from 'zod';
import { text } from './text.ts';

export const currencySchema = z.enum(['EUR']);

/** The most that anything may cost, cents; it fits a GraphQL Int and a PostgreSQL int. */
export const MAX_AMOUNT_MINOR = 100_000_000;

/** Money in the currency's minor unit (cents): an integer, never a float. */
export const moneySchema = z.strictObject({
  amountMinor: z.int().min(0).max(MAX_AMOUNT_MINOR),
  currency: currencySchema,
});
export type Money = z.infer<typeof moneySchema>;

const line = (max: number) => text({ max, trim: true });

export const addressSchema = z.strictObject({ line1: line(200), city: line(100), postcode: line(20) });
export type Address = z.infer<typeof addressSchema>;

export const stationKinds = ['OVEN', 'GRIDDLE', 'FRYER', 'STOVE', 'PREP'] as const;
export const stationKindSchema = z.enum(stationKinds);
export type StationKind = z.infer<typeof stationKindSchema>;

/** In the words of the API: every subgraph that has the enum describes it alike. */
export const stationKindDescription = 'A kind of place in the kitchen.';
export const stationKindDescriptions: Readonly<Record<StationKind, { description: string }>> = {
  OVEN: { description: 'Bakes and roasts.' },
  GRIDDLE: { description: 'Sears on a hot plate.' },
  FRYER: { description: 'Fries in hot oil.' },
  STOVE: { description: 'Boils, simmers and stirs in pans and pots.' },
  PREP: { description: 'Cuts, mixes and plates; nothing heats.' },
};

/**
 * One step of a recipe. `targetCelsius` is the set point of the appliance (null where nothing heats);
 * `durationSeconds` is kitchen time at that set point, 1 s to 2 h.
 */
export const recipeStepSchema = z.strictObject({
  name: text({ max: 100 }),
  station: stationKindSchema,
  targetCelsius: z.number().min(30).max(350).nullable(),
  durationSeconds: z.int().min(1).max(7200),
});
export type RecipeStep = z.infer<typeof recipeStepSchema>;

/** What one portion takes from the stock, in the ingredient's own unit (grams, millilitres or pieces). */
export const recipeIngredientSchema = z.strictObject({
  ingredientId: z.uuid(),
  quantity: z.int().min(1).max(100_000),
});
export type RecipeIngredient = z.infer<typeof recipeIngredientSchema>;

export const recipeSchema = z.strictObject({
  ingredients: z.array(recipeIngredientSchema).min(1).max(30),
  steps: z.array(recipeStepSchema).min(1).max(10),
});
export type Recipe = z.infer<typeof recipeSchema>;

export const orderLineSchema = z.strictObject({
  lineId: z.uuid(),
  dishId: z.uuid(),
  name: text(),
  quantity: z.int().min(1).max(20),
  unitPrice: moneySchema,
});
export type OrderLine = z.infer<typeof orderLineSchema>;
