import { isStaff, type Actor } from '@brigade/service-kit';
import type { IngredientRow } from '../store/entities.ts';
import type { Ingredient } from './ingredient.type.ts';

/** The API's ingredient; levels are for staff. */
export const ingredientFromRow = (row: IngredientRow, actor: Actor): Ingredient => ({
  id: row.id,
  name: row.name,
  unit: row.unit as Ingredient['unit'],
  level: isStaff(actor)
    ? {
        onHand: row.onHand,
        reserved: row.reserved,
        consumed: row.consumed,
        lowThreshold: row.lowThreshold,
        isLow: row.onHand <= row.lowThreshold,
      }
    : null,
});
