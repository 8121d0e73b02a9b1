import { isCleanText } from '@brigade/schema';
import {
  BadUserInput,
  ForStaff,
  PageArgs,
  Paginated,
  decodeCursor,
  encodeCursor,
  pageOf,
  pageSize,
  requireRole,
  type Page,
  type RequestContext,
} from '@brigade/service-kit';
import { raw } from '@mikro-orm/postgresql';
import { Arg, Args, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { z } from 'zod';
import type { InventoryDeps } from '../deps.ts';
import { IngredientSchema } from '../store/entities.ts';
import { restock } from '../use-cases/restock.ts';
import { ingredientFromRow } from './ingredient-from-row.ts';
import { ingredientLoader } from './ingredient.loader.ts';
import { Ingredient, IngredientConnection, RestockPayload } from './ingredient.type.ts';

@Resolver(() => Ingredient)
export class IngredientResolver {
  constructor(private readonly deps: InventoryDeps) {}

  @ForStaff()
  @Paginated()
  @Query(() => IngredientConnection, { description: 'All ingredients by name; for staff.' })
  async ingredients(
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('lowOnly', () => Boolean, { defaultValue: false, description: 'Only those whose stock is low.' })
    lowOnly: boolean,
    @Ctx() { actor }: RequestContext,
  ): Promise<Page<Ingredient>> {
    requireRole(actor, 'STAFF', 'MANAGER', 'ADMIN');
    const size = pageSize(first);
    const [afterName] = after ? decodeCursor(after, 1) : [];
    if (afterName !== undefined && !isCleanText(String(afterName)))
      throw new BadUserInput('The cursor is not one of this list.');
    const rows = await this.deps.orm.em.fork().find(
      IngredientSchema,
      {
        ...(afterName !== undefined && { name: { $gt: String(afterName) } }),
        ...(lowOnly && { onHand: { $lte: raw('low_threshold') } }),
      },
      { orderBy: { name: 'asc' }, limit: size + 1 },
    );
    return pageOf(
      rows.map((row) => ingredientFromRow(row, actor)),
      size,
      after,
      ({ name }) => encodeCursor([name]),
    );
  }

  @Query(() => Ingredient, { nullable: true, description: 'One ingredient, or null.' })
  async ingredient(
    @Arg('id', () => ID, { description: 'Id of the ingredient.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Ingredient | null> {
    const row = await ingredientLoader(context, this.deps.orm).load(
      z.uuid('must be the id of an ingredient').parse(id),
    );
    return row && ingredientFromRow(row, context.actor);
  }

  @Mutation(() => RestockPayload, { description: 'Puts more of an ingredient into the stock; for staff.' })
  async restock(
    @Arg('ingredientId', () => ID, { description: 'Id of the ingredient.' }) ingredientId: string,
    @Arg('quantity', () => Int, { description: "How much more, in the ingredient's unit; at least 1." })
    quantity: number,
    @Ctx() { actor }: RequestContext,
  ): Promise<RestockPayload> {
    requireRole(actor, 'STAFF', 'MANAGER', 'ADMIN');
    return { ingredient: ingredientFromRow(await restock(this.deps, { ingredientId, quantity }), actor) };
  }
}
