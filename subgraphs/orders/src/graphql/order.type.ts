import { DateTime, Money, connectionOf } from '@brigade/service-kit';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum OrderStatus {
  PLACED = 'PLACED',
  CONFIRMED = 'CONFIRMED',
  PAID = 'PAID',
  COOKING = 'COOKING',
  READY = 'READY',
  COMPLETED = 'COMPLETED',
  REJECTED = 'REJECTED',
  CANCELLED = 'CANCELLED',
  FAILED = 'FAILED',
}
registerEnumType(OrderStatus, {
  name: 'OrderStatus',
  description: 'Where an order stands.',
  valuesConfig: {
    PLACED: { description: 'Accepted; waiting for stock.' },
    CONFIRMED: { description: 'Stock is set aside; waiting for payment.' },
    PAID: { description: 'Paid; waiting for a station.' },
    COOKING: { description: 'On a station.' },
    READY: { description: 'Cooked; waiting to be handed over.' },
    COMPLETED: { description: 'Handed over.' },
    REJECTED: { description: 'Refused: out of stock, or the payment was declined.' },
    CANCELLED: { description: 'Called off by the guest or the staff.' },
    FAILED: { description: 'Could not be served; what was paid is refunded.' },
  },
});

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'A dish on the menu.' })
export class Dish {
  @Field(() => ID, { description: 'Id of the dish.' })
  id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A person with an account.' })
export class User {
  @Field(() => ID, { description: 'Id of the account.' })
  id!: string;
}

@ObjectType({ description: 'Where an order is delivered.' })
export class DeliveryAddress {
  @Field(() => String, { description: 'Street and number.' })
  line1!: string;
  @Field(() => String, { description: 'City.' })
  city!: string;
  @Field(() => String, { description: 'Postal code.' })
  postcode!: string;
}

@ObjectType({ description: 'So many portions of one dish.' })
export class OrderLine {
  @Field(() => ID, { description: 'Id of the line.' })
  id!: string;
  @Field(() => Dish, { nullable: true, description: 'The dish; its name and price today may differ.' })
  dish!: Dish | null;
  @Field(() => String, { description: 'Name of the dish when it was ordered.' })
  name!: string;
  @Field(() => Int, { description: 'Portions.' })
  quantity!: number;
  @Field(() => Money, { description: 'Price of a portion when it was ordered.' })
  unitPrice!: Money;
}

@ObjectType({ description: "One thing that happened in an order's life." })
export class TimelineEntry {
  @Field(() => String, { description: 'What happened, e.g. `PaymentCaptured`.' })
  name!: string;
  @Field(() => OrderStatus, { description: 'Where the order stood then.' })
  status!: `${OrderStatus}`;
  @Field(() => String, { nullable: true, description: 'Why, where there is a reason.' })
  detail?: string | null;
  @Field(() => DateTime, { description: 'When it was recorded.' })
  at!: Date;
  @Field(() => String, { description: 'The service that brought it about, e.g. `payments`.' })
  service!: string;
  @Field(() => ID, { description: 'What it was done for: the same in everything that one request led to.' })
  correlationId!: string;
  @Field(() => String, { nullable: true, description: 'Id of the trace, where there was one.' })
  traceId!: string | null;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'An order, from placing to handing over.' })
export class Order {
  @Field(() => ID, { description: 'Id of the order.' })
  id!: string;
  @Field(() => OrderStatus, { description: 'Where it stands.' })
  status!: `${OrderStatus}`;
  @Field(() => String, { nullable: true, description: 'Why it ended, once it has.' })
  reason?: string | null;
  @Field(() => Int, { description: 'How many things have happened to it; grows by one with each.' })
  version!: number;
  @Field(() => User, { nullable: true, description: 'Who ordered.' })
  customer!: User | null;
  @Field(() => [OrderLine], { description: 'What was ordered.' })
  lines!: OrderLine[];
  @Field(() => Money, { description: 'What it costs, fixed when it was placed.' })
  total!: Money;
  @Field(() => DeliveryAddress, { description: 'Where it goes.' })
  deliveryAddress!: DeliveryAddress;
  @Field(() => DateTime, { description: 'When it was placed.' })
  placedAt!: Date;
  @Field(() => DateTime, { description: 'When something last happened to it.' })
  updatedAt!: Date;
}

export const OrderConnection = connectionOf('Order', Order);
