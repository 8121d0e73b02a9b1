import { DateTime, connectionOf } from '@brigade/service-kit';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum TicketStatus {
  WAITING = 'WAITING',
  QUEUED = 'QUEUED',
  COMMANDED = 'COMMANDED',
  COOKING = 'COOKING',
  RECALLED = 'RECALLED',
  READY = 'READY',
  CANCELLED = 'CANCELLED',
  FAILED = 'FAILED',
}
registerEnumType(TicketStatus, {
  name: 'TicketStatus',
  description: 'Where a ticket stands.',
  valuesConfig: {
    WAITING: { description: 'Not paid yet.' },
    QUEUED: { description: 'Waits for a station.' },
    COMMANDED: { description: 'A station was told, and has not answered yet.' },
    COOKING: { description: 'On a station.' },
    RECALLED: { description: 'Taken back from a station that does not answer; goes to another one.' },
    READY: { description: 'Cooked.' },
    CANCELLED: { description: 'Its order was called off or failed.' },
    FAILED: { description: 'It could not be cooked.' },
  },
});

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'A dish on the menu.' })
export class Dish {
  @Field(() => ID, { description: 'Id of the dish.' })
  id!: string;
}

@ObjectType({ description: 'How far a ticket is in its recipe.' })
export class TicketStep {
  @Field(() => Int, { description: 'Which step, from 1.' })
  index!: number;
  @Field(() => Int, { description: 'Of how many.' })
  count!: number;
  @Field(() => String, { description: 'What is done in it.' })
  name!: string;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'One line of an order on its way through the kitchen.' })
export class Ticket {
  @Field(() => ID, { description: "Id of the ticket: that of the order's line." })
  id!: string;
  @Field(() => TicketStatus, { description: 'Where it stands.' })
  status!: `${TicketStatus}`;
  @Field(() => Dish, { nullable: true, description: 'What is cooked.' })
  dish!: Dish | null;
  @Field(() => String, { description: 'Name of the dish when it was ordered.' })
  dishName!: string;
  @Field(() => Order, { nullable: true, description: 'The order that it belongs to.' })
  order!: Order | null;
  @Field(() => Int, { description: 'Portions.' })
  quantity!: number;
  @Field(() => TicketStep, {
    nullable: true,
    description: 'The step that it is at; null before it is queued and once it ended.',
  })
  step!: TicketStep | null;
  @Field(() => Int, { description: 'How often the present step was lost and begun again.' })
  attempts!: number;
  @Field(() => DateTime, { nullable: true, description: 'When it was queued.' })
  queuedAt!: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'When it first went onto a station.' })
  startedAt!: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was cooked.' })
  readyAt!: Date | null;

  /** Resolved to `station`. */
  stationId!: string | null;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'An order, from placing to handing over.' })
export class Order {
  @Field(() => ID, { description: 'Id of the order.' })
  id!: string;
}

export const TicketConnection = connectionOf('Ticket', Ticket);
