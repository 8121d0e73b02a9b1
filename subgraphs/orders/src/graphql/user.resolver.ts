import { PageArgs, Paginated, isStaff, pageSize, type Page, type RequestContext } from '@brigade/service-kit';
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { validate as isUuid } from 'uuid';
import { listOrders } from '../read-models/list-orders.ts';
import type { OrdersDeps } from '../deps.ts';
import { OrderConnection, User, type Order } from './order.type.ts';

@Resolver(() => User)
export class UserResolver {
  constructor(private readonly deps: OrdersDeps) {}

  @Paginated()
  @FieldResolver(() => OrderConnection, {
    nullable: true,
    description: "The person's orders, newest first; null unless they are yours or you are staff.",
  })
  async orders(
    @Root() user: User,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Ctx() { actor }: RequestContext,
  ): Promise<Page<Order> | null> {
    const own = actor.kind === 'user' && actor.userId === user.id;
    if ((!own && !isStaff(actor)) || !isUuid(user.id)) return null;
    return listOrders(this.deps.orm, { first: pageSize(first), after, customerId: user.id });
  }
}
