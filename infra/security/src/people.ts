import { Guest } from '../../e2e/src/guest.ts';
import type { Restaurant } from '../../e2e/src/restaurant.ts';

/** In whose name an attack comes. The victim is `guest`; `stranger` is another guest. */
export const people = ['guest', 'stranger', 'staff', 'manager'] as const;
export type Person = (typeof people)[number];
export type Who = Person | 'nobody';

export const PASSWORD = 'brigade-demo';
export const emails: Readonly<Record<Exclude<Person, 'stranger'>, string>> = {
  guest: 'guest@brigade.test',
  staff: 'staff@brigade.test',
  manager: 'manager@brigade.test',
};

export async function gather(restaurant: Restaurant): Promise<Readonly<Record<Person, Guest>>> {
  const [guest, staff, manager, stranger] = await Promise.all([
    Guest.login(restaurant, emails.guest),
    Guest.login(restaurant, emails.staff),
    Guest.login(restaurant, emails.manager),
    Guest.register(restaurant),
  ]);
  return { guest, staff, manager, stranger };
}

/** What is the victim's. */
export interface Belongings {
  readonly dishId: string;
  readonly orderId: string;
  readonly paymentId: string;
  readonly ticketId: string;
  readonly paymentMethodId: string;
}

/** The victim orders and pays, and all has been said of it before anybody attacks. */
export async function acquire(guest: Guest): Promise<Belongings> {
  const dishId = await quickestDish(guest);
  const paymentMethodId = await guest.addCard();
  const placed = await guest.place({ lines: [{ dishId, quantity: 1 }], paymentMethodId });
  const orderId = placed.data?.placeOrder.order.id;
  if (!orderId) throw new Error(`the order was refused: ${JSON.stringify(placed.errors)}`);
  await guest.until(orderId, 'READY');
  const { data } = await guest.ask<{ order: { payment: { id: string }; tickets: { id: string }[] } }>(
    'query ($id: ID!) { order(id: $id) { payment { id } tickets { id } } }',
    { id: orderId },
  );
  const ticketId = data?.order.tickets[0]?.id;
  if (!data || !ticketId) throw new Error('the order has neither payment nor ticket');
  return { dishId, orderId, paymentId: data.order.payment.id, ticketId, paymentMethodId };
}

async function quickestDish(guest: Guest): Promise<string> {
  const { data } = await guest.ask<{
    dishes: { edges: { node: { id: string; prepSeconds: number; availablePortions: number | null } }[] };
  }>('{ dishes(first: 100) { edges { node { id prepSeconds availablePortions } } } }');
  const plenty = data?.dishes.edges.map(({ node }) => node).filter((dish) => (dish.availablePortions ?? 0) > 100) ?? [];
  const [quickest] = plenty.toSorted((a, b) => a.prepSeconds - b.prepSeconds);
  if (!quickest) throw new Error('nothing on the menu is in stock');
  return quickest.id;
}
