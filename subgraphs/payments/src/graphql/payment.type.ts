import { DateTime, Money, connectionOf } from '@brigade/service-kit';
import { Directive, Field, ID, Int, InputType, ObjectType, registerEnumType } from 'type-graphql';

export enum PaymentStatus {
  EXPECTED = 'EXPECTED',
  CAPTURING = 'CAPTURING',
  CAPTURED = 'CAPTURED',
  DECLINED = 'DECLINED',
  UNWINDING = 'UNWINDING',
  REFUNDING = 'REFUNDING',
  REFUNDED = 'REFUNDED',
  VOIDED = 'VOIDED',
}
registerEnumType(PaymentStatus, {
  name: 'PaymentStatus',
  description: 'Where a payment stands.',
  valuesConfig: {
    EXPECTED: { description: 'Waiting for the stock to be set aside.' },
    CAPTURING: { description: 'The provider is being asked.' },
    CAPTURED: { description: 'Paid.' },
    DECLINED: { description: 'Refused by the provider; nothing was taken.' },
    UNWINDING: { description: 'Called off while the provider was being asked.' },
    REFUNDING: { description: 'The money is going back.' },
    REFUNDED: { description: 'All of the money went back.' },
    VOIDED: { description: 'Called off before anything was taken.' },
  },
});

@ObjectType({ description: "A way to pay: a token of the payment provider, never a card's number." })
export class PaymentMethod {
  @Field(() => ID, { description: 'Id of the payment method.' })
  id!: string;
  @Field(() => String, { description: 'Brand of the card, e.g. `visa`.' })
  brand!: string;
  @Field(() => String, { description: 'Last four digits of the card.' })
  last4!: string;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'An order, from placing to handing over.' })
export class Order {
  @Field(() => ID, { description: 'Id of the order.' })
  id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'The payment of an order.' })
export class Payment {
  @Field(() => ID, { description: 'Id of the payment.' })
  id!: string;
  @Field(() => PaymentStatus, { description: 'Where it stands.' })
  status!: `${PaymentStatus}`;
  @Field(() => Money, { description: 'What the order costs.' })
  amount!: Money;
  @Field(() => Money, { description: 'What was taken.' })
  captured!: Money;
  @Field(() => Money, { description: 'What went back.' })
  refunded!: Money;
  @Field(() => String, { nullable: true, description: "The provider's reason, when it refused." })
  declineReason?: string | null;
  @Field(() => Order, { nullable: true, description: 'What it pays for.' })
  order!: Order | null;
  @Field(() => DateTime, { description: 'When it last changed.' })
  updatedAt!: Date;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A person with an account.' })
export class User {
  @Field(() => ID, { description: 'Id of the account.' })
  id!: string;
}

export const PaymentConnection = connectionOf('Payment', Payment);

@InputType({ description: 'A payment method to keep.' })
export class AddPaymentMethodInput {
  @Field(() => String, {
    description: 'Token of the payment provider, e.g. `tok_visa` or, to be declined, `tok_declined`.',
  })
  token!: string;
}

@InputType({ description: 'Money to give back.' })
export class RefundPaymentInput {
  @Field(() => ID, { description: 'Id of the payment.' })
  paymentId!: string;
  @Field(() => Int, { nullable: true, description: 'How much, in minor units; all that is left if absent.' })
  amountMinor?: number | null;
  @Field(() => String, { description: 'Why, up to 500 characters.' })
  reason!: string;
  @Field(() => String, {
    nullable: true,
    description:
      'Chosen by the client, up to 100 characters: sending the same refund again with the same key gives money back once.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The payment whose refund was asked for.' })
export class RefundPaymentPayload {
  @Field(() => Payment, { description: 'The payment; its refund goes through in a moment.' })
  payment!: Payment;
}
