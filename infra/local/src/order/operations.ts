import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { GraphqlClient } from './graphql-client.ts';

const money = z.object({ amountMinor: z.number(), currency: z.string() });

/** Logs in; the client sends the token from then on. */
export async function login(client: GraphqlClient, input: { email: string; password: string }): Promise<void> {
  const document = `mutation Login($input: LoginInput!) { login(input: $input) { accessToken refreshToken user { id } } }`;
  const answer = z
    .object({ login: z.object({ accessToken: z.string() }) })
    .parse(await client.request(document, { input }));
  client.accessToken = answer.login.accessToken;
}

const card = z.object({ id: z.string(), brand: z.string(), last4: z.string() });

/** Adds a payment method by the provider's token; adding the same again is harmless. */
export async function addCard(client: GraphqlClient, token: string): Promise<z.infer<typeof card>> {
  const document = `mutation AddCard($input: AddPaymentMethodInput!) { addPaymentMethod(input: $input) { id brand last4 } }`;
  const answer = await client.request(document, { input: { token } });
  return z.object({ addPaymentMethod: card }).parse(answer).addPaymentMethod;
}

const dish = z.object({ id: z.string(), name: z.string(), price: money, availablePortions: z.number().nullable() });

/** The first ten dishes. */
export async function menu(client: GraphqlClient): Promise<z.infer<typeof dish>[]> {
  const document = `query Menu { dishes(first: 10) { edges { node { id name price { amountMinor currency } availablePortions } } pageInfo { hasNextPage endCursor } } }`;
  const page = z
    .object({ dishes: z.object({ edges: z.array(z.object({ node: dish })) }) })
    .parse(await client.request(document));
  return page.dishes.edges.map(({ node }) => node);
}

/** Places an order under a fresh idempotency key. */
export async function place(
  client: GraphqlClient,
  lines: { dishId: string; quantity: number }[],
  paymentMethodId: string,
) {
  const document = `mutation Place($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id status total { amountMinor currency } } } }`;
  const deliveryAddress = { line1: '1 Market Square', city: 'Springfield', postcode: '12345' };
  const input = { idempotencyKey: randomUUID(), lines, deliveryAddress, paymentMethodId };
  const placed = z.object({ order: z.object({ id: z.string(), status: z.string(), total: money }) });
  return z.object({ placeOrder: placed }).parse(await client.request(document, { input })).placeOrder.order;
}

const state = z.object({
  id: z.string(),
  status: z.string(),
  lines: z.array(
    z.object({ quantity: z.number(), dish: z.object({ id: z.string(), name: z.string().nullable() }).nullable() }),
  ),
  payment: z.object({ status: z.string(), amount: z.object({ amountMinor: z.number() }) }).nullable(),
  tickets: z
    .array(z.object({ id: z.string(), status: z.string(), station: z.object({ id: z.string() }).nullable() }))
    .nullable(),
  timeline: z.array(z.object({ name: z.string(), at: z.string() })).nullable(),
});
export type OrderState = z.infer<typeof state>;

/** What is known of an order now; what another subgraph supplies may be absent for a while. */
export async function orderState(client: GraphqlClient, id: string): Promise<OrderState> {
  const document = `query Order($id: ID!) { order(id: $id) { id status customer { id } lines { quantity dish { id name } } payment { status amount { amountMinor } } tickets { id status station { id } } timeline { name at } } }`;
  return z.object({ order: state }).parse(await client.request(document, { id })).order;
}
