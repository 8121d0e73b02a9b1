import { Directive, Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum Currency {
  EUR = 'EUR',
}
registerEnumType(Currency, {
  name: 'Currency',
  description: 'ISO 4217 code of a currency.',
  valuesConfig: { EUR: { description: 'Euro.' } },
});

@Directive('@shareable')
@ObjectType({ description: 'An amount of money, exact.' })
export class Money {
  @Field(() => Int, { description: "In the currency's minor unit, e.g. cents." })
  amountMinor!: number;
  @Field(() => Currency, { description: 'The currency.' })
  currency!: `${Currency}`;
}

@InputType({ description: 'An amount of money, exact.' })
export class MoneyInput {
  @Field(() => Int, { description: "In the currency's minor unit, e.g. cents; not negative." })
  amountMinor!: number;
  @Field(() => Currency, { description: 'The currency.' })
  currency!: `${Currency}`;
}
