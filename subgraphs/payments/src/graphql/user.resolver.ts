import {
  PageArgs,
  Paginated,
  decodeIdCursor,
  encodeCursor,
  isStaff,
  pageOf,
  pageSize,
  type Page,
  type RequestContext,
} from '@brigade/service-kit';
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { validate as isUuid } from 'uuid';
import type { PaymentsDeps } from '../deps.ts';
import { PaymentSchema } from '../store/entities.ts';
import { paymentFromRow } from './payment-from-row.ts';
import { PaymentConnection, User, type Payment } from './payment.type.ts';

@Resolver(() => User)
export class UserResolver {
  constructor(private readonly deps: PaymentsDeps) {}

  @Paginated()
  @FieldResolver(() => PaymentConnection, {
    nullable: true,
    description: "The person's payments, newest first; null unless they are yours or you are staff.",
  })
  async payments(
    @Root() user: User,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Ctx() { actor }: RequestContext,
  ): Promise<Page<Payment> | null> {
    const own = actor.kind === 'user' && actor.userId === user.id;
    if ((!own && !isStaff(actor)) || !isUuid(user.id)) return null;
    const size = pageSize(first);
    const rows = await this.deps.orm.em
      .fork()
      .find(
        PaymentSchema,
        { userId: user.id, ...(after && { id: { $lt: decodeIdCursor(after) } }) },
        { orderBy: { id: 'desc' }, limit: size + 1 },
      );
    return pageOf(rows.map(paymentFromRow), size, after, ({ id }) => encodeCursor([id]));
  }
}
