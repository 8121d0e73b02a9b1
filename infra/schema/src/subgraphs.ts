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

/** The port of each subgraph when nothing else is configured: 4000 and this. */
export const portOffsets: Readonly<Record<keyof typeof parts, number>> = {
  identity: 1,
  menu: 3,
  orders: 5,
  inventory: 6,
  payments: 7,
  kitchen: 8,
  platform: 11,
};

export interface SubgraphSdl {
  name: string;
  url: string;
  sdl: string;
}

/** The SDL of every subgraph as the code that is here now has it. */
export async function emitSubgraphs(): Promise<SubgraphSdl[]> {
  const emitted: SubgraphSdl[] = [];
  for (const [name, subgraph] of Object.entries(parts)) {
    const { sdl } = await buildSubgraph(subgraph);
    const port = 4000 + portOffsets[name as keyof typeof parts];
    emitted.push({ name, url: `http://127.0.0.1:${port}/graphql`, sdl });
  }
  return emitted;
}
