/** What may be down, in the order of the README's table. */
export const outages = {
  identity: 'identity',
  menu: 'menu',
  inventory: 'inventory',
  orders: 'orders',
  payments: 'payments',
  kitchen: 'kitchen',
  platform: 'platform',
  device: 'kitchen device',
  provider: 'payment provider',
  broker: 'RabbitMQ',
  redis: 'Redis',
  mongo: 'MongoDB',
  postgres: 'PostgreSQL',
  router: 'router',
} as const;
export type Outage = keyof typeof outages;

/** What a user does meanwhile; the probes beside this file do it. */
export const actions = {
  menu: 'read the menu',
  portions: 'portions left',
  order: 'read an order',
  payment: 'its payment',
  tickets: 'its tickets',
  history: 'order history',
  place: 'place an order',
  cancel: 'cancel, money back',
  login: 'log in, refresh',
} as const;
export type Action = keyof typeof actions;

/**
 * - `works`: as ever, to the end; an order becomes READY, the money comes back
 * - `cached`: what somebody has read within the last minute works, anything else is refused
 * - `later`: accepted now; goes on by itself when what is down is back
 * - `null`: the answer comes with this field null, and an error with code `SUBGRAPH_UNAVAILABLE` at it
 * - `refused`: no answer but an error with code `SUBGRAPH_UNAVAILABLE`
 * - `gone`: nobody answers at all
 */
export type Expectation = 'works' | 'cached' | 'later' | 'null' | 'refused' | 'gone';

type Row = Readonly<Record<Action, Expectation>>;

const all = (expectation: Expectation): Row => ({
  menu: expectation,
  portions: expectation,
  order: expectation,
  payment: expectation,
  tickets: expectation,
  history: expectation,
  place: expectation,
  cancel: expectation,
  login: expectation,
});
const works = all('works');

/** The degradation table: what still works. The end-to-end test holds it, the README shows it. */
export const expectations: Readonly<Record<Outage, Row>> = {
  identity: { ...works, history: 'null', login: 'refused' },
  menu: { ...works, menu: 'refused', portions: 'refused' },
  inventory: { ...works, portions: 'null', place: 'later' },
  orders: {
    ...works,
    order: 'null',
    payment: 'null',
    tickets: 'null',
    history: 'null',
    place: 'refused',
    cancel: 'refused',
  },
  payments: { ...works, payment: 'null', place: 'later', cancel: 'later' },
  kitchen: { ...works, tickets: 'null', place: 'later' },
  platform: works,
  device: { ...works, place: 'later' },
  provider: { ...works, place: 'later', cancel: 'later' },
  broker: { ...works, place: 'later', cancel: 'later' },
  redis: works,
  mongo: { ...works, menu: 'cached', portions: 'cached' },
  postgres: {
    ...all('refused'),
    menu: 'works',
    portions: 'null',
    order: 'null',
    payment: 'null',
    tickets: 'null',
    history: 'null',
  },
  router: all('gone'),
};
