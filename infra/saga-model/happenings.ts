import type { Restaurant } from './restaurant.ts';
import type { Fate } from './transaction.ts';

/** A kind of thing that can happen next: how many there are now, and how the n-th of them happens. */
export interface Happening {
  readonly name: string;
  /** How likely it is beside the others. */
  readonly weight: number;
  count(): number;
  /** @param luck 0 to 15: mostly good, else what goes wrong with it */
  happen(n: number, luck: number): void;
}

const fateOf = (luck: number): Fate =>
  luck === 0 ? 'crash-before-commit' : luck === 1 ? 'crash-after-commit' : 'commit';

/** What carries the saga on by itself: relays, consumers, workers, the provider, the scheduler, the devices. */
export function happenings(of: Restaurant): Happening[] {
  const { payments, provider, kitchen, devices } = of;
  const jobs = () => devices.flatMap((device) => [...device.cooking.keys()].map((jobId) => ({ device, jobId })));
  const commanded = () => devices.filter(({ up, commands }) => up && commands.length > 0);
  const talking = () => devices.filter(({ events }) => events.length > 0);
  return [
    ...consumers.map((name) => relay(of, name)),
    ...consumers.map((name) => consumer(of, name)),
    {
      name: 'payment worker',
      weight: 4,
      count: () => payments.claimable().length,
      happen: (n) => payments.work(payments.claimable()[n] as never),
    },
    {
      name: 'provider',
      weight: 6,
      count: () => payments.calls.length,
      happen(n, luck) {
        const call = payments.calls[n] as (typeof payments.calls)[number];
        if (call.answer) payments.settle(call, fateOf(luck));
        else if (!provider.outage && luck !== 0) {
          call.answer = call.ask();
          if (luck > 2) return;
        }
        // Settled, or: an outage, a request that never came, an answer that is lost. Then the worker asks again.
        payments.calls.splice(n, 1);
      },
    },
    {
      name: 'scheduler',
      weight: 4,
      count: () => Math.sign(kitchen.assignments().length),
      happen: () => kitchen.schedule(),
    },
    {
      name: 'send command',
      weight: 4,
      count: () => kitchen.commands.size,
      happen: (n) => kitchen.send([...kitchen.commands.keys()][n] ?? ''),
    },
    { name: 'device obeys', weight: 5, count: () => commanded().length, happen: (n) => commanded()[n]?.obey() },
    {
      name: 'device cooks',
      weight: 4,
      count: () => jobs().length,
      happen(n, luck) {
        const { device, jobId } = jobs()[n] as ReturnType<typeof jobs>[number];
        if (luck === 0) device.spoil(jobId);
        else device.finish(jobId);
      },
    },
    {
      name: 'device event',
      weight: 6,
      count: () => talking().length,
      happen(n, luck) {
        const device = talking()[n] as (typeof devices)[number];
        const [event] = device.events;
        if (!event) return;
        kitchen.hear(device, event, fateOf(luck));
        if (luck > 2) device.events.shift();
      },
    },
  ];
}

const consumers = ['orders', 'inventory', 'payments', 'kitchen'] as const;

/** Takes an outbox's messages to the network. */
function relay(of: Restaurant, name: (typeof consumers)[number]): Happening {
  const from = of[name];
  return {
    name: `relay of ${name}`,
    weight: 2,
    count: () => Math.sign(from.outbox.length),
    // The process dies between the broker's confirm and its own note of it: the message goes out again.
    happen: (_n, luck) => of.publish(from, luck !== 0),
  };
}

/** Brings messages to one service, in whatever order; one that is slow or down gets none before everything heals. */
function consumer(of: Restaurant, name: (typeof consumers)[number]): Happening {
  const waiting = () => of.network.filter(({ to }) => to === name);
  return {
    name: `delivery to ${name}`,
    weight: 3,
    count: () => waiting().length,
    happen(n, luck) {
      const delivery = waiting()[n];
      if (!delivery) return;
      of[name].receive(delivery.message, fateOf(luck));
      // Acknowledged only when all is safe; the broker may have delivered it twice.
      if (luck > 2) of.network.splice(of.network.indexOf(delivery), 1);
    },
  };
}
