import { DateTime } from '@brigade/service-kit';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { TicketStatus, TicketStep } from './ticket.type.ts';

@ObjectType({ description: 'One change of a ticket, as it was then.' })
export class TicketChange {
  @Field(() => DateTime, { description: 'When it was told.' })
  at!: Date;
  @Field(() => ID, { description: 'Id of the ticket.' })
  ticketId!: string;
  @Field(() => ID, { description: 'Id of its order.' })
  orderId!: string;
  @Field(() => String, { description: 'Name of the dish when it was ordered.' })
  dishName!: string;
  @Field(() => Int, { description: 'Portions.' })
  quantity!: number;
  @Field(() => TicketStatus, { description: 'Where it stood then.' })
  status!: `${TicketStatus}`;
  @Field(() => ID, { nullable: true, description: 'Where it was then, e.g. `oven-1`; null before the first.' })
  stationId!: string | null;
  @Field(() => TicketStep, {
    nullable: true,
    description: 'The step that it was at; null before it was queued and once it ended.',
  })
  step!: TicketStep | null;
}
