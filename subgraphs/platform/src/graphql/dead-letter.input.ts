import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DeadLetter } from './dead-letter.type.ts';

@InputType({ description: 'Another payload for a dead letter.' })
export class EditDeadLetterInput {
  @Field(() => ID, { description: 'Id of the dead letter.' })
  id!: string;
  @Field(() => String, { description: "The new payload, as JSON. It must keep the message's contract." })
  payload!: string;
  @Field(() => String, { description: 'Why, 1 to 500 characters; goes into the audit.' })
  reason!: string;
}

@InputType({ description: 'Which dead letters to redrive: those with these ids, or all that match a filter.' })
export class RedriveDeadLettersInput {
  @Field(() => [ID], { nullable: true, description: 'Ids of dead letters, up to 500: all of them or none.' })
  ids?: string[] | null;
  @Field(() => String, { nullable: true, description: 'Instead of ids: what waits of this consumer.' })
  consumer?: string | null;
  @Field(() => String, { nullable: true, description: 'Instead of ids: what waits of messages of this name.' })
  messageName?: string | null;
  @Field(() => String, { description: 'Why, 1 to 500 characters; goes into the audit.' })
  reason!: string;
}

@InputType({ description: 'A dead letter to give up.' })
export class DiscardDeadLetterInput {
  @Field(() => ID, { description: 'Id of the dead letter.' })
  id!: string;
  @Field(() => String, { description: 'Why, 1 to 500 characters; goes into the audit.' })
  reason!: string;
}

@ObjectType({ description: 'The edited dead letter.' })
export class EditDeadLetterPayload {
  @Field(() => DeadLetter, { description: 'The dead letter as it stands.' })
  deadLetter!: DeadLetter;
}

@ObjectType({ description: 'The dead letters that are on their way back.' })
export class RedriveDeadLettersPayload {
  @Field(() => [DeadLetter], { description: 'The dead letters as they stand, oldest first.' })
  deadLetters!: DeadLetter[];
}

@ObjectType({ description: 'The dead letter that was given up.' })
export class DiscardDeadLetterPayload {
  @Field(() => DeadLetter, { description: 'The dead letter as it stands.' })
  deadLetter!: DeadLetter;
}
