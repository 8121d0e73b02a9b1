import { DateTime, connectionOf } from '@brigade/service-kit';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum DeadLetterStatus {
  WAITING = 'WAITING',
  REDRIVING = 'REDRIVING',
  REDRIVEN = 'REDRIVEN',
  DISCARDED = 'DISCARDED',
}
registerEnumType(DeadLetterStatus, {
  name: 'DeadLetterStatus',
  description: 'Where a dead letter stands.',
  valuesConfig: {
    WAITING: { description: 'Waits for somebody to edit, redrive or discard it.' },
    REDRIVING: { description: 'Is on its way back to its consumer.' },
    REDRIVEN: { description: 'Was given back to its consumer; it waits again if it dies again.' },
    DISCARDED: { description: 'Was given up, with a reason.' },
  },
});

export enum DeadLetterActionKind {
  DIED = 'DIED',
  EDITED = 'EDITED',
  REDRIVE_REQUESTED = 'REDRIVE_REQUESTED',
  REDRIVEN = 'REDRIVEN',
  RETURNED = 'RETURNED',
  DISCARDED = 'DISCARDED',
}
registerEnumType(DeadLetterActionKind, {
  name: 'DeadLetterActionKind',
  description: 'What happened to a dead letter.',
  valuesConfig: {
    DIED: { description: 'Its consumer, or the broker, gave it up.' },
    EDITED: { description: 'Somebody gave it another payload.' },
    REDRIVE_REQUESTED: { description: 'Somebody asked for its redrive.' },
    REDRIVEN: { description: "The broker has it in its consumer's queue again." },
    RETURNED: { description: 'Its redrive found no queue; it waits again.' },
    DISCARDED: { description: 'Somebody gave it up.' },
  },
});

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'An order, from placing to handing over.' })
export class Order {
  @Field(() => ID, { description: 'Id of the order.' })
  id!: string;
}

@ObjectType({ description: "One entry of a dead letter's audit. Entries are never changed or removed." })
export class DeadLetterAction {
  @Field(() => DeadLetterActionKind, { description: 'What happened.' })
  kind!: `${DeadLetterActionKind}`;
  @Field(() => String, {
    description:
      'Who did it: `user:` and the id of an account, `console:` and the user of the machine, `platform` itself, or the consumer whose message died.',
  })
  who!: string;
  @Field(() => DateTime, { description: "When it was recorded, by the database's clock." })
  at!: Date;
  @Field(() => String, { description: 'Why.' })
  why!: string;
  @Field(() => String, { nullable: true, description: 'Of an edit: the message before, as JSON.' })
  before?: string | null;
  @Field(() => String, { nullable: true, description: 'Of an edit: the message after, as JSON.' })
  after?: string | null;
}

@ObjectType({ description: 'A message that its consumer could not handle.' })
export class DeadLetter {
  @Field(() => ID, { description: 'Id of the dead letter.' })
  id!: string;
  @Field(() => DeadLetterStatus, { description: 'Where it stands.' })
  status!: `${DeadLetterStatus}`;
  @Field(() => String, { description: 'Who could not handle it, e.g. `orders`.' })
  consumer!: string;
  @Field(() => String, { description: 'The queue to which a redrive takes it.' })
  queue!: string;
  @Field(() => String, { description: "The message's own id; a hash of its body where it had none." })
  messageId!: string;
  @Field(() => String, { description: 'Name of the message, e.g. `payments.payment-captured.v1`.' })
  messageName!: string;
  @Field(() => String, { nullable: true, description: 'What the message is about, e.g. the id of an order.' })
  subject?: string | null;
  @Field(() => Order, { nullable: true, description: 'The order that the message is about, where it is about one.' })
  order?: Order | null;
  @Field(() => String, {
    nullable: true,
    description: 'The payload of the message, as JSON; null where its body is no message envelope.',
  })
  payload?: string | null;
  @Field(() => String, { description: 'The whole body: JSON, or base64 of its bytes where it is not readable.' })
  body!: string;
  @Field(() => Boolean, { description: 'Whether the body is JSON. What is not can only be discarded.' })
  readable!: boolean;
  @Field(() => String, { nullable: true, description: 'Content type of a body that is not readable.' })
  contentType?: string | null;
  @Field(() => String, { description: 'Why it died, the last time.' })
  reason!: string;
  @Field(() => String, { nullable: true, description: 'Where in the code it died, the last time.' })
  stack?: string | null;
  @Field(() => Int, { description: 'Failed attempts before its last death; 0 where nobody counted.' })
  attempts!: number;
  @Field(() => Int, { description: 'How often it died.' })
  deaths!: number;
  @Field(() => DateTime, {
    nullable: true,
    description: 'When its handling first failed, before its last death.',
  })
  firstFailedAt?: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'When its handling last failed.' })
  lastFailedAt?: Date | null;
}

export const DeadLetterConnection = connectionOf('DeadLetter', DeadLetter);
