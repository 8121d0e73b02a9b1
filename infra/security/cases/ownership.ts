import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Attack } from '../src/attack.ts';
import { NOT_ALLOWED, NOT_LOGGED_IN } from '../src/codes.ts';
import { exchange } from '../src/http.ts';
import type { Stage } from '../src/stage.ts';
import { bodyTransports, everyTransport, streamTransports, type Operation } from '../src/transports/index.ts';

const ORDER =
  'id status total { amountMinor } deliveryAddress { line1 city } customer { id email name } timeline { name }';

/** Attempts on what is the victim's, by its id. */
const byId: [name: string, query: string, denied: string][] = [
  ['order', `query ($orderId: ID!) { order(id: $orderId) { ${ORDER} } }`, 'NOT_FOUND'],
  [
    "order's payment",
    'query ($orderId: ID!) { order(id: $orderId) { id payment { id status captured { amountMinor } } } }',
    'NOT_FOUND',
  ],
  ["order's tickets", 'query ($orderId: ID!) { order(id: $orderId) { tickets { id } } }', 'NOT_FOUND'],
  ['payment', 'query ($paymentId: ID!) { payment(id: $paymentId) { id amount { amountMinor } } }', 'NOT_FOUND'],
  ["payment's order", `query ($paymentId: ID!) { payment(id: $paymentId) { order { ${ORDER} } } }`, 'NOT_FOUND'],
  ['order, to cancel it', 'mutation ($orderId: ID!) { cancelOrder(id: $orderId) { order { id } } }', 'NOT_FOUND'],
];

const now = new Date().toISOString();
const anHourAgo = new Date(Date.parse(now) - 3_600_000).toISOString();

/** What only those who work here may do, and what it takes to ask. */
const forStaff: [field: string, query: string][] = [
  ['orders', '{ orders(first: 5) { edges { node { id total { amountMinor } } } } }'],
  ['orderStatistics', '{ orderStatistics { placed revenue { amountMinor } } }'],
  ['activeTickets', '{ activeTickets(first: 5) { id order { id } } }'],
  ['ticketHistory', `{ ticketHistory(from: "${anHourAgo}", to: "${now}") { ticketId orderId } }`],
  [
    'the history of a station',
    `{ station(id: "oven-1") { history(from: "${anHourAgo}", to: "${now}") { temperature jobs { ticketId } } } }`,
  ],
  ['tickets', '{ tickets(first: 5) { edges { node { id } } } }'],
  ['ingredients', '{ ingredients(first: 5) { edges { node { id level { onHand } } } } }'],
  ['stations', '{ stations { id } }'],
  ['station', '{ station(id: "oven-1") { id } }'],
  ['deadLetters', '{ deadLetters(first: 5) { edges { node { id body } } } }'],
  ['deadLetter', `{ deadLetter(id: "${randomUUID()}") { id body } }`],
  ['completeOrder', 'mutation ($orderId: ID!) { completeOrder(id: $orderId) { order { id } } }'],
  [
    'refundPayment',
    'mutation ($paymentId: ID!) { refundPayment(input: { paymentId: $paymentId, reason: "mine" }) { payment { id } } }',
  ],
  ['restock', `mutation { restock(ingredientId: "${randomUUID()}", quantity: 1) { ingredient { id } } }`],
  ['injectFault', 'mutation { injectFault(stationId: "oven-1", fault: POWER_LOSS, active: true) { id } }'],
  [
    'setDishPrice',
    'mutation ($dishId: ID!) { setDishPrice(id: $dishId, price: { amountMinor: 1, currency: EUR }) { id } }',
  ],
  ['setDishAvailability', 'mutation ($dishId: ID!) { setDishAvailability(id: $dishId, available: false) { id } }'],
  ['updateDish', 'mutation ($dishId: ID!) { updateDish(id: $dishId, input: { name: "Mine" }) { id } }'],
  ['createCategory', 'mutation { createCategory(input: { name: "Mine", description: "Mine" }) { id } }'],
  ['setRoles', 'mutation ($userId: ID!) { setRoles(userId: $userId, roles: [ADMIN]) { id roles } }'],
  [
    'discardDeadLetter',
    `mutation { discardDeadLetter(input: { id: "${randomUUID()}", reason: "x" }) { deadLetter { id } } }`,
  ],
  [
    'editDeadLetter',
    `mutation { editDeadLetter(input: { id: "${randomUUID()}", payload: "{}", reason: "x" }) { deadLetter { id } } }`,
  ],
  [
    'redriveDeadLetters',
    'mutation { redriveDeadLetters(input: { consumer: "orders", reason: "x" }) { deadLetters { id } } }',
  ],
];

const subscriptions: [name: string, query: string, denied: string][] = [
  [
    "changes of another guest's order",
    'subscription ($orderId: ID!) { orderUpdated(id: $orderId) { id status } }',
    'NOT_FOUND',
  ],
  [
    "changes of another guest's tickets",
    'subscription ($orderId: ID!) { ticketChanged(orderId: $orderId) { id } }',
    'NOT_FOUND',
  ],
  ['the changes of all orders', 'subscription { ordersChanged { id status } }', 'FORBIDDEN'],
  ['the changes of all tickets', 'subscription { ticketsChanged { id status } }', 'FORBIDDEN'],
  ['the readings of the kitchen', 'subscription { kitchenTelemetry { temperature } }', 'FORBIDDEN'],
  ['the readings of a station', 'subscription { stationTelemetry(stationId: "oven-1") { temperature } }', 'FORBIDDEN'],
];

/** The variables that an operation names, of what the victim has. */
const withVictims =
  (query: string) =>
  (stage: Stage): Operation => {
    const known = { ...stage.belongings, userId: stage.userIdOf('stranger') };
    return {
      query,
      variables: Object.fromEntries(Object.entries(known).filter(([name]) => query.includes(`$${name}:`))),
    };
  };

const transportsOf = (query: string) => (query.startsWith('mutation') ? bodyTransports : everyTransport);

/** A reference to the victim's, asked of its subgraph with the router's own signature, but in a stranger's name. */
const byReference: [
  subgraph: 'identity' | 'orders' | 'payments' | 'kitchen',
  type: string,
  fields: string,
  told: object | null,
][] = [
  ['orders', 'Order', 'status total { amountMinor }', null],
  ['payments', 'Payment', 'status amount { amountMinor }', null],
  ['kitchen', 'Ticket', 'status', null],
  ['identity', 'User', 'email name roles', { email: null, name: null, roles: [] }],
  ['orders', 'User', 'orders { edges { cursor } }', { orders: null }],
  ['payments', 'User', 'payments { edges { cursor } }', { payments: null }],
  ['payments', 'Order', 'payment { id }', { payment: null }],
  ['kitchen', 'Order', 'tickets { id }', { tickets: null }],
];

const idOf = (stage: Stage, type: string): string => {
  const { orderId, paymentId, ticketId } = stage.belongings;
  return { Order: orderId, Payment: paymentId, Ticket: ticketId }[type] ?? stage.userIdOf('guest');
};

/** What is another's: by its id, through something else, by reference, as it changes; and what guests may not do at all. */
export const ownership: readonly Attack[] = [
  ...byId.flatMap(([name, query, denied]): Attack[] => [
    {
      name: `another guest's ${name}`,
      over: transportsOf(query),
      as: 'stranger',
      operation: withVictims(query),
      expected: { denied },
    },
    {
      name: `a guest's ${name}, without being anybody`,
      over: transportsOf(query),
      operation: withVictims(query),
      expected: { denied: NOT_LOGGED_IN },
    },
  ]),
  ...forStaff.flatMap(([field, query]): Attack[] => [
    {
      name: `${field}, as a guest`,
      over: transportsOf(query),
      as: 'stranger',
      operation: withVictims(query),
      expected: { denied: NOT_ALLOWED },
    },
    {
      name: `${field}, without being anybody`,
      over: query.startsWith('mutation') ? ['fast lane'] : ['fast lane', 'GET'],
      operation: withVictims(query),
      expected: { denied: NOT_LOGGED_IN },
    },
  ]),
  ...subscriptions.flatMap(([name, query, denied]): Attack[] => [
    {
      name,
      over: streamTransports,
      as: 'stranger',
      operation: withVictims(query),
      expected: { nothing: [denied, 'UNAUTHORIZED_FIELD_OR_TYPE'] },
    },
    {
      name: `${name}, without being anybody`,
      over: streamTransports,
      operation: withVictims(query),
      expected: { nothing: NOT_LOGGED_IN },
    },
  ]),
  ...byReference.map(([subgraph, type, fields, told]): Attack => ({
    name: `another guest's ${type} by reference (${fields})`,
    by: `the port of ${subgraph}`,
    send: async (stage) => {
      const actor = { kind: 'user', userId: stage.userIdOf('stranger'), roles: ['GUEST'] };
      return exchange(`${stage.restaurant.address(subgraph)}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-brigade-actor': await stage.forger.actor(actor) },
        body: JSON.stringify({
          query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${fields} } } }`,
          variables: { of: [{ __typename: type, id: idOf(stage, type) }] },
        }),
      });
    },
    expected: { data: { _entities: [told] } },
  })),
  {
    name: 'a role that the token claims and its signature does not cover',
    over: everyTransport,
    token: (stage) => {
      const [header, payload = '', signature] = String(stage.tokenOf('stranger')).split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
      const raised = Buffer.from(JSON.stringify({ ...claims, roles: ['ADMIN'] })).toString('base64url');
      return [header, raised, signature].join('.');
    },
    operation: { query: '{ orders(first: 1) { edges { cursor } } }' },
    expected: { refused: 401, code: 'UNAUTHENTICATED', closed: 4403 },
  },
  {
    name: 'stock levels, as a guest',
    over: ['fast lane'],
    as: 'stranger',
    operation: withVictims(
      'query ($dishId: ID!) { dish(id: $dishId) { recipe { ingredients { ingredient { level { onHand } } } } } }',
    ),
    expected: {
      data: {
        dish: {
          recipe: {
            ingredients: expect.not.arrayContaining([
              expect.objectContaining({ ingredient: { level: expect.anything() } }),
            ]) as unknown,
          },
        },
      },
    },
  },
  {
    name: "paying with another guest's card: the order is rejected, and nothing taken",
    over: ['fast lane'],
    as: 'stranger',
    operation: ({ belongings: { dishId, paymentMethodId } }) => ({
      query: 'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }',
      variables: {
        input: {
          idempotencyKey: randomUUID(),
          lines: [{ dishId, quantity: 1 }],
          deliveryAddress: { line1: '1 Rue de Rivoli', city: 'Paris', postcode: '75001' },
          paymentMethodId,
        },
      },
    }),
    expected: { data: { placeOrder: { order: { id: expect.any(String) as unknown } } } },
    async holds({ people: { stranger } }, { body }) {
      const placed = body?.data?.placeOrder as { order: { id: string } } | undefined;
      const { payment } = await stranger.until(placed?.order.id ?? '', 'REJECTED');
      expect(payment?.status).toBe('DECLINED');
    },
  },
];
