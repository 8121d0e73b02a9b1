import { MoneyInput, requireRole, type RequestContext } from '@brigade/service-kit';
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql';
import type { MenuDeps } from '../deps.ts';
import { createCategory } from '../use-cases/create-category.ts';
import { createDish } from '../use-cases/create-dish.ts';
import { updateDish } from '../use-cases/update-dish.ts';
import { attributesOf, dishView, recipeOf } from './dish-views.ts';
import { CreateCategoryInput, CreateDishInput, UpdateDishInput } from './dish.input.ts';
import { Category, Dish } from './dish.type.ts';

const refusals = 'Refusals: `FORBIDDEN`, `BAD_USER_INPUT`';
const changeRefusals = `${refusals}, \`NOT_FOUND\`, \`CONFLICT\` when the dish has another revision than the expected one.`;

const DishId = () => Arg('id', () => ID, { description: 'Id of the dish.' });
const ExpectedRevision = () =>
  Arg('expectedRevision', () => Int, {
    nullable: true,
    description: 'The revision that the change is meant for; absent: whichever there is.',
  });

/** What the restaurant's people do to the menu. Each change of a dish is told to the other subgraphs. */
@Resolver()
export class MenuChangesResolver {
  constructor(private readonly deps: MenuDeps) {}

  @Mutation(() => Category, { description: `Adds a part to the menu; for managers. ${refusals}.` })
  createCategory(
    @Arg('input', () => CreateCategoryInput, { description: 'The category.' }) input: CreateCategoryInput,
    @Ctx() { actor }: RequestContext,
  ): Promise<Category> {
    requireRole(actor, 'MANAGER', 'ADMIN');
    return createCategory(this.deps, input);
  }

  @Mutation(() => Dish, { description: `Adds a dish to the menu; for managers. ${refusals}.` })
  async createDish(
    @Arg('input', () => CreateDishInput, { description: 'The dish.' }) input: CreateDishInput,
    @Ctx() { actor }: RequestContext,
  ): Promise<Dish> {
    requireRole(actor, 'MANAGER', 'ADMIN');
    const { categoryId, name, description, price, available, dietaryTags, attributes, recipe } = input;
    return dishView(
      await createDish(this.deps, {
        categoryId,
        name,
        description,
        price,
        available,
        dietaryTags,
        attributes: attributesOf(attributes),
        recipe: recipeOf(recipe),
      }),
    );
  }

  @Mutation(() => Dish, { description: `Changes a dish; for managers. ${changeRefusals}` })
  async updateDish(
    @DishId() id: string,
    @Arg('input', () => UpdateDishInput, { description: 'What changes.' }) input: UpdateDishInput,
    @ExpectedRevision() expectedRevision: number | null,
    @Ctx() { actor }: RequestContext,
  ): Promise<Dish> {
    requireRole(actor, 'MANAGER', 'ADMIN');
    const { categoryId, name, description, dietaryTags, attributes, recipe } = input;
    return this.#change(id, expectedRevision, {
      categoryId: categoryId ?? undefined,
      name: name ?? undefined,
      description: description ?? undefined,
      dietaryTags: dietaryTags ?? undefined,
      attributes: attributes ? attributesOf(attributes) : undefined,
      recipe: recipe ? recipeOf(recipe) : undefined,
    });
  }

  @Mutation(() => Dish, {
    description: `Sets the price; for managers. Orders that are placed keep theirs. ${changeRefusals}`,
  })
  async setDishPrice(
    @DishId() id: string,
    @Arg('price', () => MoneyInput, { description: 'Price of a portion from now on.' }) price: MoneyInput,
    @ExpectedRevision() expectedRevision: number | null,
    @Ctx() { actor }: RequestContext,
  ): Promise<Dish> {
    requireRole(actor, 'MANAGER', 'ADMIN');
    return this.#change(id, expectedRevision, { price });
  }

  @Mutation(() => Dish, { description: `Offers a dish or takes it off; for staff. ${changeRefusals}` })
  async setDishAvailability(
    @DishId() id: string,
    @Arg('available', () => Boolean, { description: 'Whether guests can order it.' }) available: boolean,
    @ExpectedRevision() expectedRevision: number | null,
    @Ctx() { actor }: RequestContext,
  ): Promise<Dish> {
    requireRole(actor, 'STAFF', 'MANAGER', 'ADMIN');
    return this.#change(id, expectedRevision, { available });
  }

  async #change(id: string, expectedRevision: number | null, change: object): Promise<Dish> {
    return dishView(
      await updateDish(this.deps, { id, change, ...(expectedRevision !== null && { expectedRevision }) }),
    );
  }
}
