import { z } from 'zod';
import { defineMessage } from './define-message.ts';
import { moneySchema, recipeSchema } from './values.ts';
import { ids } from './example-ids.ts';
import { text } from './text.ts';

/** The whole state of a dish after a change; `revision` only grows, so an older one is ignored. */
export const dishChanged = defineMessage(
  'menu.dish-changed.v1',
  z.strictObject({
    dishId: z.uuid(),
    revision: z.int().min(1),
    name: text(),
    price: moneySchema,
    available: z.boolean(),
    recipe: recipeSchema,
  }),
  {
    dishId: ids.dish,
    revision: 1,
    name: 'Margherita',
    price: { amountMinor: 1150, currency: 'EUR' },
    available: true,
    recipe: {
      ingredients: [{ ingredientId: ids.ingredient, quantity: 200 }],
      steps: [{ name: 'Bake', station: 'OVEN', targetCelsius: 250, durationSeconds: 360 }],
    },
  },
);
