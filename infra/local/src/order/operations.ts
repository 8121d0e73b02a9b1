import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { GraphqlClient } from './graphql-client.ts';

/** The text of an operation that clients are known to send. */
const operation = (name: string): string =>
  readFileSync(new URL(`../../../../schema/operations/${name}.graphql`, import.meta.url), 'utf8');

const money = z.object({ amountMinor: z.number(), currency: z.string() });

/** Logs in; the client sends the token from then on. */
export async function login(client: GraphqlClient, input: { email: string; password: string }): Promise<void> {
  const document = operation('login');
  const answer = z
    .object({ login: z.object({ accessToken: z.string() }) })
    .parse(await client.request(document, { input }));
  client.accessToken = answer.login.accessToken;
}

const card = z.object({ id: z.string(), brand: z.string(), last4: z.string() });

/** Adds a payment method by the provider's token; adding the same again is harmless. */
export async function addCard(client: GraphqlClient, token: string): Promise<z.infer<typeof card>> {
  const document = operation('add-payment-method');
  const answer = await client.request(document, { input: { token } });
  return z.object({ addPaymentMethod: card }).parse(answer).addPaymentMethod;
}

const dish = z.object({ id: z.string(), name: z.string(), price: money, availablePortions: z.number().nullable() });

/** The first ten dishes. */
export async function menu(client: GraphqlClient): Promise<z.infer<typeof dish>[]> {
  const document = operation('menu');
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
  const document = operation('place-order');
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
  const document = operation('order');
  return z.object({ order: state }).parse(await client.request(document, { id })).order;
}
