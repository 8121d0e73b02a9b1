import { DateTime, ListOfAbout, Money } from '@brigade/service-kit';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { OrderStatus } from './order.type.ts';

@ObjectType({ description: 'How many orders stand somewhere.' })
export class OrderStatusCount {
  @Field(() => OrderStatus, { description: 'Where they stand.' })
  status!: `${OrderStatus}`;
  @Field(() => Int, { description: 'How many.' })
  count!: number;
}

@ObjectType({ description: 'What happened to orders in one minute by the clock.' })
export class OrdersInMinute {
  @Field(() => DateTime, { description: 'Its beginning.' })
  at!: Date;
  @Field(() => Int, { description: 'Orders that were placed.' })
  placed!: number;
  @Field(() => Int, { description: 'Orders that became READY.' })
  ready!: number;
  @Field(() => Int, { description: 'Orders that became FAILED or REJECTED.' })
  failed!: number;
}

@ObjectType({ description: 'How the orders of the last minutes went.' })
export class OrderStatistics {
  @Field(() => DateTime, { description: 'The beginning of the first minute.' })
  from!: Date;
  @Field(() => DateTime, { description: 'When it was counted.' })
  to!: Date;
  @ListOfAbout(5)
  @Field(() => [OrderStatusCount], {
    description: 'Orders that are not ended, READY included, by where they stand (all of them, however old).',
  })
  openByStatus!: OrderStatusCount[];
  @Field(() => Int, { description: 'Orders that were placed.' })
  placed!: number;
  @Field(() => Int, { description: 'Orders that became READY.' })
  ready!: number;
  @Field(() => Int, { description: 'Orders that became FAILED or REJECTED.' })
  failed!: number;
  @Field(() => Int, { description: 'Orders that were called off.' })
  cancelled!: number;
  @Field(() => Money, { description: 'Totals of the orders that became ready in that time.' })
  revenue!: Money;
  @Field(() => Float, {
    nullable: true,
    description: 'From cooking start to ready, seconds; null when none became ready.',
  })
  averageCookingSeconds!: number | null;
  @ListOfAbout(60)
  @Field(() => [OrdersInMinute], { description: 'One entry a minute, oldest first, the present one last.' })
  perMinute!: OrdersInMinute[];
}
