import { dishChanged, orderPlaced, type Envelope, type MessageDefinition } from '@brigade/schema';
import { on, type EntityManager, type MessageHandler } from '@brigade/service-kit';
import type { InventoryDeps } from '../deps.ts';
import { learnRecipe } from '../recipes/recipes.ts';
import { settlements } from '../stock/heard.ts';
import type { ReservationEvent } from '../stock/reservation.ts';
import { reserveStock } from '../use-cases/reserve-stock.ts';
import { settleReservation } from '../use-cases/settle-reservation.ts';

/** What comes in: each message and what it does to the stock. */
export function consumes(deps: InventoryDeps): MessageHandler<EntityManager>[] {
  const settles = (definition: MessageDefinition<{ orderId: string }>, event: ReservationEvent) =>
    on(definition, ({ payload }: Envelope<{ orderId: string }>, tx: EntityManager) =>
      settleReservation(deps, tx, payload.orderId, event),
    );
  return [
    on(dishChanged, ({ payload }, tx: EntityManager) =>
      learnRecipe(tx, { dishId: payload.dishId, revision: payload.revision, ingredients: payload.recipe.ingredients }),
    ),
    on(orderPlaced, ({ payload }, tx: EntityManager) => reserveStock(deps, tx, payload)),
    ...settlements.map(({ definition, event }) => settles(definition, event)),
  ];
}
