import { setTimeout as delay } from 'node:timers/promises';
import { DEMO_PASSWORD } from '../../../local/src/settings.ts';
import type { Chance } from '../chance.ts';
import { Client } from '../load/client.ts';
import { callOff, placeOne } from '../load/place-orders.ts';
import type { ToldOrder } from '../load/told.ts';

const CREATE = 'mutation Create($input: CreateDishInput!) { createDish(input: $input) { id } }';
const REPRICE =
  'mutation Price($id: ID!, $price: MoneyInput!) { setDishPrice(id: $id, price: $price) { id revision } }';

const POWER =
  'mutation($stationId: ID!, $active: Boolean!) { injectFault(stationId: $stationId, fault: POWER_LOSS, active: $active) { __typename } }';

/** Dishes that bring about what plain ones do not. */
export interface OddDishes {
  /** Takes so much that nobody can have twenty portions of it fifty times over. */
  greedy: string;
  /** Needs a fryer, and no fryer has power. */
  neverDone: string;
  /** Its price changes all the time. */
  repriced: string;
}

/** A manager puts the odd dishes on the menu. */
export async function createOddDishes(routerUrl: string): Promise<{ manager: Client; odd: OddDishes }> {
  const manager = await Client.logIn(routerUrl, 'manager@brigade.test', DEMO_PASSWORD);
  const known = await manager.mustAsk('{ categories { id } ingredients(first: 1) { edges { node { id } } } }');
  const categoryId = (known.categories as { id: string }[])[0]?.id;
  const ingredientId = (known.ingredients as { edges: { node: { id: string } }[] }).edges[0]?.node.id;
  const create = async (name: string, quantity: number, station: 'PREP' | 'FRYER'): Promise<string> => {
    const { createDish } = await manager.mustAsk(CREATE, {
      input: {
        name: `${name} ${Date.now()}`,
        description: 'For the chaos suite.',
        categoryId,
        price: { amountMinor: 100, currency: 'EUR' },
        recipe: {
          ingredients: [{ ingredientId, quantity }],
          steps: [{ name: 'Cook', station, durationSeconds: 10, targetCelsius: station === 'PREP' ? null : 175 }],
        },
      },
    });
    return (createDish as { id: string }).id;
  };
  return {
    manager,
    odd: {
      greedy: await create('Everything we have', 100_000, 'PREP'),
      neverDone: await create('Cold chips', 1, 'FRYER'),
      repriced: await create('Catch of the day', 1, 'PREP'),
    },
  };
}

/** Takes the power from every fryer, or gives it back. */
export async function powerFryers(manager: Client, on: boolean): Promise<void> {
  const { stations } = await manager.mustAsk('{ stations { id kind } }');
  for (const { id, kind } of stations as { id: string; kind: string }[]) {
    if (kind === 'FRYER') await manager.mustAsk(POWER, { stationId: id, active: !on });
  }
}

/**
 * Orders of every kind, one after the other and without end, so that every message there is passes again and again: fine
 * ones, declined ones, called off ones, sold out ones, such as can't be cooked, and such as run out of time.
 */
export async function traffic(options: {
  clients: readonly Client[];
  dishIds: readonly string[];
  odd: OddDishes;
  manager: Client;
  chance: Chance;
  /** Lets an order run out of time now. */
  expire: (orderId: string) => Promise<void>;
  /** Lets its reservation run out of time now. */
  giveUpStock: (orderId: string) => Promise<void>;
  going: () => boolean;
}): Promise<ToldOrder[]> {
  const { clients, dishIds, odd, manager, chance, expire, giveUpStock, going } = options;
  const told: ToldOrder[] = [];
  const kinds: readonly ((client: Client) => Promise<ToldOrder>)[] = [
    (client) => placeOne(client, 'matrix', [chance.pick(dishIds)], client.card),
    (client) => placeOne(client, 'matrix', [chance.pick(dishIds)], client.emptyCard),
    async (client) => {
      const order = await placeOne(client, 'matrix', [chance.pick(dishIds)], client.card);
      await delay(chance.between(500, 2_500)); // mostly paid for by then
      return callOff(client, order);
    },
    (client) => placeOne(client, 'matrix', Array<string>(50).fill(odd.greedy), client.card, 20),
    (client) => placeOne(client, 'matrix', [odd.neverDone], client.card),
    async (client) => {
      const order = await placeOne(client, 'matrix', [odd.neverDone], client.card);
      if (order.orderId) await expire(order.orderId).catch(() => {});
      return order;
    },
    async (client) => {
      const order = await placeOne(client, 'matrix', [chance.pick(dishIds)], client.card);
      if (order.orderId) await giveUpStock(order.orderId).catch(() => {});
      return order;
    },
  ];
  const guest = async (client: Client, offset: number): Promise<void> => {
    for (let turn = offset; going(); turn += 1) {
      const kind = kinds[turn % kinds.length];
      if (kind) told.push(await kind(client));
      if (turn % kinds.length === 0) {
        const price = { amountMinor: 500 + (turn % 100), currency: 'EUR' };
        await manager.persist(REPRICE, { id: odd.repriced, price });
        await Client.register(client.url).catch(() => {}); // may meet a process that is down: the next one is soon
      }
      await delay(300);
    }
  };
  await Promise.all(clients.map(guest));
  return told;
}
