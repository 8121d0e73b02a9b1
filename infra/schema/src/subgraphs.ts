import { identitySchema } from '@brigade/identity';
import { inventorySchema } from '@brigade/inventory';
import { kitchenSchema } from '@brigade/kitchen';
import { menuSchema } from '@brigade/menu';
import { ordersSchema } from '@brigade/orders';
import { paymentsSchema } from '@brigade/payments';
import { platformSchema } from '@brigade/platform';
import { buildSubgraph } from '@brigade/service-kit';

/** Building a schema touches no dependency; only its resolvers do, and nobody calls them here. */
const none = {} as never;

const parts = {
  identity: identitySchema(none),
  inventory: inventorySchema(none),
  kitchen: kitchenSchema(none),
  menu: menuSchema(none),
  orders: ordersSchema(none),
  payments: paymentsSchema(none),
  platform: platformSchema(none),
};

/** The SDL of every subgraph, by its name, as the code that is here now has it. */
export async function emitSubgraphs(): Promise<ReadonlyMap<string, string>> {
  const emitted = Object.entries(parts).map(async ([name, part]): Promise<[string, string]> => {
    const { sdl } = await buildSubgraph(part);
    return [name, sdl];
  });
  return new Map(await Promise.all(emitted));
}
