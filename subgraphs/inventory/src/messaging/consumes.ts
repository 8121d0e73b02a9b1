import {
  cookingFailed,
  dishChanged,
  orderCancelled,
  orderCompleted,
  orderFailed,
  orderPlaced,
  paymentCaptured,
  paymentDeclined,
  type Envelope,
  type MessageDefinition,
} from '@brigade/schema';
import { on, type EntityManager, type MessageHandler } from '@brigade/service-kit';
import type { InventoryDeps } from '../deps.ts';
import { learnRecipe } from '../recipes/recipes.ts';
import type { ReservationEvent } from '../stock/reservation.ts';
import { reserveStock } from '../use-cases/reserve-stock.ts';
import { settleReservation } from '../use-cases/settle-reservation.ts';

/** What comes in: each message and what it does to the stock. */
export function consumes(deps: InventoryDeps): MessageHandler<EntityManager>[] {
  const settles = <P extends { orderId: string }>(definition: MessageDefinition<P>, event: ReservationEvent) =>
    on(definition, ({ payload }: Envelope<P>, tx: EntityManager) =>
      settleReservation(deps, tx, payload.orderId, event),
    );
  return [
    on(dishChanged, ({ payload }, tx: EntityManager) =>
      learnRecipe(tx, { dishId: payload.dishId, revision: payload.revision, ingredients: payload.recipe.ingredients }),
    ),
    on(orderPlaced, ({ payload }, tx: EntityManager) => reserveStock(deps, tx, payload)),
    settles(paymentCaptured, 'capture'),
    settles(orderCompleted, 'complete'),
    // Compensations: each undoes the reservation.
    settles(paymentDeclined, 'release'),
    settles(cookingFailed, 'release'),
    settles(orderCancelled, 'release'),
    settles(orderFailed, 'release'),
  ];
}
