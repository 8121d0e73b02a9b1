import { ListOfAbout, type Page, PageArgs, pageSize, Paginated, type RequestContext } from '@brigade/service-kit';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { MenuDeps } from '../deps.ts';
import { dishFilterSchema } from '../read/dish-filter.ts';
import { dishLoader } from './dish.loader.ts';
import { listCategories } from '../read/list-categories.ts';
import { listDishes } from '../read/list-dishes.ts';
import { dishView } from './dish-views.ts';
import { DishFilter } from './dish.input.ts';
import { Category, Dish, DishAttribute, DishConnection } from './dish.type.ts';

const categoriesKey = Symbol('categories');

@Resolver(() => Dish)
export class MenuResolver {
  constructor(private readonly deps: MenuDeps) {}

  @Paginated()
  @Query(() => DishConnection, {
    description: 'The menu in its order: by category, then by name; with a search, the best match first.',
  })
  async dishes(
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('filter', () => DishFilter, { nullable: true, description: 'Only some of the dishes.' })
    filter: DishFilter | null,
  ): Promise<Page<Dish>> {
    const page = await listDishes(this.deps, {
      filter: dishFilterSchema.parse(filter ?? {}),
      first: pageSize(first),
      after,
    });
    return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: dishView(node) })) };
  }

  @Query(() => Dish, { nullable: true, description: 'One dish; null when there is none with this id.' })
  async dish(
    @Arg('id', () => ID, { description: 'Id of the dish.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Dish | null> {
    const dish = await dishLoader(context, this.deps).load(id);
    return dish && dishView(dish);
  }

  @ListOfAbout(10)
  @Query(() => [Category], { description: 'The parts of the menu, in their order.' })
  categories(@Ctx() context: RequestContext): Promise<Category[]> {
    return this.#categories(context);
  }

  @FieldResolver(() => Category, { description: 'The part of the menu that it is in.' })
  async category(@Root() { categoryId }: Dish, @Ctx() context: RequestContext): Promise<Category | undefined> {
    return (await this.#categories(context)).find(({ id }) => id === categoryId);
  }

  @FieldResolver(() => [DishAttribute], { description: 'What else there is to say of it.' })
  attributes(@Root() dish: Dish): DishAttribute[] {
    return Object.entries(dish.attributes).map(([name, value]) => ({ name, value }));
  }

  #categories(context: RequestContext): Promise<Category[]> {
    return context.once(categoriesKey, () => listCategories(this.deps.orm));
  }
}
