/** A guest at the terminal: orders two dishes and shows what happens to them until they are ready. */
import { setTimeout as delay } from 'node:timers/promises';
import { GraphqlClient } from './order/graphql-client.ts';
import { addCard, login, menu, orderState, place } from './order/operations.ts';
import type { OrderState } from './order/operations.ts';
import { changesBetween } from './order/changes.ts';
import { DEMO_PASSWORD } from './settings.ts';

const POLL_MS = 300;
const GIVE_UP_AFTER_MS = 180_000;
const ENDED = new Set(['READY', 'COMPLETED', 'REJECTED', 'CANCELLED', 'FAILED']);

async function orderDinner(): Promise<number> {
  const port = process.env['BRIGADE_PORT'] || '4000';
  const client = new GraphqlClient(`http://127.0.0.1:${port}/graphql`);
  const begun = performance.now();
  const say = (line: string) =>
    console.log(`${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${line}`);

  await login(client, { email: 'guest@brigade.test', password: process.env['DEMO_PASSWORD'] || DEMO_PASSWORD });
  say('logged in as guest@brigade.test');
  const card = await addCard(client, 'tok_visa');
  say(`pays with ${card.brand} ending in ${card.last4}`);

  const dishes = (await menu(client)).filter(
    ({ availablePortions }) => availablePortions === null || availablePortions > 0,
  );
  const chosen = dishes.slice(0, 2);
  if (chosen.length < 2) throw new Error('The kitchen has fewer than two dishes to sell; npm start seeds the menu.');
  const order = await place(
    client,
    chosen.map(({ id }) => ({ dishId: id, quantity: 1 })),
    card.id,
  );
  say(`ordered ${chosen.map(({ name }) => name).join(' and ')} for ${price(order.total)} (order ${order.id})`);

  let before: OrderState | undefined;
  for (;;) {
    const now = await look(client, order.id, say);
    if (now) {
      for (const change of changesBetween(before, now)) say(change);
      before = now;
      if (ENDED.has(now.status)) return now.status === 'READY' || now.status === 'COMPLETED' ? 0 : 1;
    }
    if (performance.now() - begun > GIVE_UP_AFTER_MS)
      throw new Error(`The order is still ${before?.status ?? 'not to be seen'} after 3 minutes.`);
    await delay(POLL_MS);
  }
}

/** The order's state, or undefined while nobody answers: an order that was accepted goes on without being watched. */
async function look(
  client: GraphqlClient,
  orderId: string,
  say: (line: string) => void,
): Promise<OrderState | undefined> {
  try {
    return await orderState(client, orderId);
  } catch (error) {
    say(`no answer (${(error as Error).message}), looking again`);
    return undefined;
  }
}

function price({ amountMinor, currency }: { amountMinor: number; currency: string }): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(amountMinor / 100);
}

try {
  process.exitCode = await orderDinner();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
