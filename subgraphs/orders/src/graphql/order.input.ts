import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Order } from './order.type.ts';

@InputType({ description: 'So many portions of one dish.' })
export class OrderLineInput {
  @Field(() => ID, { description: 'Id of the dish.' })
  dishId!: string;
  @Field(() => Int, { description: 'Portions, 1 to 20.' })
  quantity!: number;
}

@InputType({ description: 'Where to deliver.' })
export class DeliveryAddressInput {
  @Field(() => String, { description: 'Street and number.' })
  line1!: string;
  @Field(() => String, { description: 'City.' })
  city!: string;
  @Field(() => String, { description: 'Postal code.' })
  postcode!: string;
}

@InputType({ description: 'A new order. Prices are not part of it: they are those of the menu.' })
export class PlaceOrderInput {
  @Field(() => String, {
    description:
      'Chosen by the client, up to 100 characters: sending the same order again with the same key places it once.',
  })
  idempotencyKey!: string;
  @Field(() => [OrderLineInput], { description: 'What to cook, 1 to 50 lines.' })
  lines!: OrderLineInput[];
  @Field(() => DeliveryAddressInput, { description: 'Where to deliver.' })
  deliveryAddress!: DeliveryAddressInput;
  @Field(() => ID, { description: "Id of one of the guest's payment methods." })
  paymentMethodId!: string;
}

@ObjectType({ description: 'The placed order.' })
export class PlaceOrderPayload {
  @Field(() => Order, { description: 'The order as it stands.' })
  order!: Order;
}

@ObjectType({ description: 'The cancelled order.' })
export class CancelOrderPayload {
  @Field(() => Order, { description: 'The order as it stands.' })
  order!: Order;
}

@ObjectType({ description: 'The completed order.' })
export class CompleteOrderPayload {
  @Field(() => Order, { description: 'The order as it stands.' })
  order!: Order;
}
