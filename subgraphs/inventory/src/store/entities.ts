import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import type { RecipeIngredient } from '@brigade/schema';
import type { Needs, ReservationStatus } from '../stock/reservation.ts';

/** `onHand` + `reserved` + `consumed` is all that was ever put in; quantities in the ingredient's `unit`. */
export const IngredientSchema = defineEntity({
  name: 'Ingredient',
  tableName: 'ingredients',
  properties: {
    id: p.uuid().primary(),
    name: p.string(),
    unit: p.string(),
    onHand: p.bigint('number'),
    reserved: p.bigint('number'),
    consumed: p.bigint('number'),
    lowThreshold: p.bigint('number'),
    lowTold: p.boolean(),
    version: p.integer(),
  },
});
export type IngredientRow = InferEntity<typeof IngredientSchema>;

export const ReservationSchema = defineEntity({
  name: 'Reservation',
  tableName: 'reservations',
  properties: {
    orderId: p.uuid().primary(),
    status: p.string().$type<ReservationStatus>(),
    needs: p.json<Needs>(),
    /** When a HELD one's time is over; null once that was told, and in every other state. */
    expiresAt: p.datetime().nullable(),
  },
});
export type ReservationRow = InferEntity<typeof ReservationSchema>;

export const RecipeReplicaSchema = defineEntity({
  name: 'RecipeReplica',
  tableName: 'recipe_replicas',
  properties: {
    dishId: p.uuid().primary(),
    revision: p.integer(),
    ingredients: p.json<RecipeIngredient[]>(),
  },
});

export const entities = [IngredientSchema, ReservationSchema, RecipeReplicaSchema];
