import { DateTime } from '@brigade/service-kit';
import { Field, InputType, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Virtual guests, who order through the public API.' })
export class DiningRoom {
  @Field(() => Boolean, { description: 'Whether they order.' })
  open!: boolean;
  @Field(() => Int, { description: 'How often, in the mean.' })
  ordersPerMinute!: number;
  @Field(() => Int, { description: 'Of what they order and when: the same seed, the same choices and pauses.' })
  seed!: number;
  @Field(() => Int, { description: 'Orders that were accepted since it was opened the last time.' })
  ordersPlaced!: number;
  @Field(() => Int, { description: 'Orders that were refused since then, or that found nothing to be had.' })
  ordersRefused!: number;
  @Field(() => DateTime, { nullable: true, description: 'Since when it is open; null while it is closed.' })
  openedAt?: Date | null;
}

@InputType({ description: 'How the dining room is to be.' })
export class SetDiningRoomInput {
  @Field(() => Boolean, { description: 'Whether virtual guests order.' })
  open!: boolean;
  @Field(() => Int, {
    nullable: true,
    description: 'How often, 1 to 240; as it was when absent, 12 at first.',
  })
  ordersPerMinute?: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Of choices and pauses; as it was when absent, 1 at first. Another one begins from its first order.',
  })
  seed?: number | null;
}

@ObjectType({ description: 'The dining room that was changed.' })
export class SetDiningRoomPayload {
  @Field(() => DiningRoom, { description: 'The room as it stands.' })
  diningRoom!: DiningRoom;
}
