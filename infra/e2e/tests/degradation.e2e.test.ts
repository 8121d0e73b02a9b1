import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BreakableRestaurant } from '../src/degradation/breakable-restaurant.ts';
import { actions, expectations, outages, type Action, type Outage } from '../src/degradation/expectations.ts';
import { observe, probe, type Observation, type Subject } from '../src/degradation/probes.ts';
import { Guest, type OrderState } from '../src/guest.ts';

const READS = (Object.keys(actions) as Action[]).filter((action) => action !== 'place' && action !== 'cancel');
/** Quick to make, and slow. */
const QUICK = 'Green salad with shaved Parmesan';
const SLOW = 'Steak frites';

describe('degradation: what works with a part down', () => {
  let world: BreakableRestaurant;
  let guest: Guest;
  let readyOrder: string;
  let paymentMethodId: string;
  let dishes: Map<string, string>;

  beforeAll(async () => {
    world = await BreakableRestaurant.open();
    guest = await Guest.login(world.restaurant, 'guest@brigade.test');
    paymentMethodId = await guest.addCard();
    dishes = new Map((await guest.menu()).map(({ id, name }) => [name, id]));
    readyOrder = await placed(QUICK);
    await guest.until(readyOrder, 'READY');
  });
  afterAll(() => world.close());

  const place = (dish: string) =>
    guest.place({ lines: [{ dishId: dishes.get(dish) ?? '', quantity: 1 }], paymentMethodId });
  const placed = async (dish: string) => {
    const { data, errors } = await place(dish);
    if (!data) throw new Error(`the order was refused: ${JSON.stringify(errors)}`);
    return data.placeOrder.order.id;
  };
  const moneyBack = ({ status, payment }: OrderState) => status === 'CANCELLED' && payment?.status === 'REFUNDED';

  test.each(Object.keys(outages) as Outage[])('%s', async (outage) => {
    const row = expectations[outage];
    const paidOrder = await placed(SLOW);
    await guest.until(paidOrder, ({ payment }) => payment?.status === 'CAPTURED');
    const subject: Subject = { guest, readyOrder, refreshToken: await guest.begin('guest@brigade.test') };
    await probe('menu', subject); // somebody has just read it
    await probe('portions', subject);

    await world.breakDown(outage);
    const seen = {} as Record<Action, Observation>;
    let newOrder: string | undefined;
    try {
      seen.cancel = await observe(() => guest.cancel(paidOrder), (({ cancelOrder }: never) => cancelOrder) as never);
      const placing = await observe(
        async () => {
          const answer = await place(QUICK);
          newOrder = answer.data?.placeOrder.order.id;
          return answer;
        },
        (({ placeOrder }: never) => placeOrder) as never,
      );
      seen.place = placing;
      await Promise.all(READS.map(async (action) => (seen[action] = await lookFor(row[action], action, subject))));
      if (seen.place === 'works')
        seen.place = await goesOn(row.place, () => guest.until(newOrder ?? '', 'READY', 10_000));
      if (seen.cancel === 'works')
        seen.cancel = await goesOn(row.cancel, () => guest.until(paidOrder, moneyBack, 10_000));
    } finally {
      await world.mend(outage);
    }
    expect(seen).toEqual(row);
    if (row.place === 'later') await guest.until(newOrder ?? '', 'READY');
    if (row.cancel === 'later') await guest.until(paidOrder, moneyBack);
  });

  /** What was accepted is `works` if it comes to its end meanwhile; where that is not expected, it is not waited for. */
  const goesOn = async (expected: string, end: () => Promise<unknown>): Promise<Observation> => {
    if (expected !== 'works') return 'later';
    return end().then(
      () => 'works' as const,
      (error: Error) => `unexpected: ${error.message}` as const,
    );
  };

  /** Looks again for 5 s at most: what the last outage broke may still be on its way back. A session goes on only once. */
  async function lookFor(expected: string, action: (typeof READS)[number], subject: Subject): Promise<Observation> {
    const deadline = Date.now() + 5_000;
    for (;;) {
      const seen = await probe(action, subject);
      if (seen === expected || action === 'login' || Date.now() > deadline) return seen;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
});
