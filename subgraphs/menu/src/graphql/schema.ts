import type { SubgraphParts } from '@brigade/service-kit';
import type { MenuDeps } from '../deps.ts';
import { dishLoader } from './dish.loader.ts';
import { dishView } from './dish-views.ts';
import { MenuChangesResolver } from './menu-changes.resolver.ts';
import { MenuResolver } from './menu.resolver.ts';

/** This subgraph's part of the supergraph. */
export const menuSchema = (deps: MenuDeps): SubgraphParts => ({
  resolvers: [MenuResolver, MenuChangesResolver],
  container: { get: (resolver: new (deps: MenuDeps) => object) => new resolver(deps) },
  references: {
    Dish: async ({ id }: { id: string }, context) => {
      const dish = await dishLoader(context, deps).load(id);
      return dish && dishView(dish);
    },
  },
});
