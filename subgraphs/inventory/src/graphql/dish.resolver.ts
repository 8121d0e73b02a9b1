import type { RequestContext } from '@brigade/service-kit';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { InventoryDeps } from '../deps.ts';
import { Dish } from './ingredient.type.ts';
import { portionsLoader } from './portions.loader.ts';

@Resolver(() => Dish)
export class DishResolver {
  constructor(private readonly deps: InventoryDeps) {}

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Portions that the stock allows now; null where no recipe is known.',
  })
  availablePortions(@Root() dish: Dish, @Ctx() context: RequestContext): Promise<number | null> {
    return portionsLoader(context, this.deps).load(dish.id);
  }
}
