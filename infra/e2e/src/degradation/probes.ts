import type { Answer, Guest } from '../guest.ts';
import type { Action, Expectation } from './expectations.ts';

export interface Subject {
  guest: Guest;
  /** An order that was READY before anything broke. */
  readyOrder: string;
  /** Of a session that began before, not used yet. */
  refreshToken: string;
}

/** What came back: an expectation's word, or what no expectation allows. */
export type Observation = Expectation | `unexpected: ${string}`;

type Readable = Exclude<Action, 'place' | 'cancel'>;
const UNAVAILABLE = 'SUBGRAPH_UNAVAILABLE';

/** Whoever read the menu last had the same answer cached. */
export const WARM_MENU = '{ dishes(first: 50) { edges { node { id name price { amountMinor } } } } }';
const WARM_PORTIONS = '{ dishes(first: 50) { edges { node { id name availablePortions } } } }';

const reads: Record<
  Exclude<Readable, 'login' | 'menu' | 'portions'>,
  { query: string; field: (data: never) => unknown }
> = {
  order: {
    query:
      'query($id: ID!) { order(id: $id) { id status total { amountMinor } lines { name quantity } timeline { name } } }',
    field: ({ order }: { order: unknown }) => order,
  },
  payment: {
    query: 'query($id: ID!) { order(id: $id) { id status payment { status } } }',
    field: ({ order }: { order: { payment: unknown } | null }) => order?.payment,
  },
  tickets: {
    query: 'query($id: ID!) { order(id: $id) { id status tickets { status } } }',
    field: ({ order }: { order: { tickets: unknown } | null }) => order?.tickets,
  },
  history: {
    query: '{ me { id orders(first: 5) { edges { node { id status total { amountMinor } } } } } }',
    field: ({ me }: { me: { orders: unknown } | null }) => me?.orders,
  },
};

/** Reads something and tells how it went. */
export async function probe(action: Readable, subject: Subject): Promise<Observation> {
  const { guest, readyOrder } = subject;
  if (action === 'login') return login(subject);
  if (action === 'menu') return menu(guest, WARM_MENU, 'price { amountMinor }', () => true);
  if (action === 'portions')
    return menu(guest, WARM_PORTIONS, 'availablePortions', ({ availablePortions }) => availablePortions !== null);
  const { query, field } = reads[action];
  return observe(() => guest.ask(query, { id: readyOrder }), field);
}

interface Listed {
  dishes: { edges: { node: { id: string; availablePortions?: number | null } }[] };
}

/** Reads a page that is warm and one that nobody has read before. */
async function menu(
  guest: Guest,
  warm: string,
  selection: string,
  complete: (node: Listed['dishes']['edges'][number]['node']) => boolean,
): Promise<Observation> {
  const cold = `query($filter: DishFilter) { dishes(filter: $filter) { edges { node { id name ${selection} } } } }`;
  const maxPriceMinor = 100_000 + Math.floor(Math.random() * 1_000_000_000);
  const dishes = ({ dishes: { edges } }: Listed) =>
    edges.length > 0 && edges.every(({ node }) => complete(node)) ? edges : null;
  const known = await observe(() => guest.ask<Listed>(warm), dishes as never);
  const unknown = await observe(() => guest.ask<Listed>(cold, { filter: { maxPriceMinor } }), dishes as never);
  if (known === unknown) return known;
  return known === 'works' && unknown === 'refused' ? 'cached' : `unexpected: warm ${known}, cold ${unknown}`;
}

/** A demo account logs in; a session that began before goes on. */
async function login({ guest, refreshToken }: Subject): Promise<Observation> {
  const begun = await observe(
    () =>
      guest.ask('mutation($input: LoginInput!) { login(input: $input) { accessToken } }', {
        input: { email: 'guest@brigade.test', password: 'brigade-demo' },
      }),
    (({ login: session }: { login: unknown }) => session) as never,
  );
  const renewed = await observe(
    () =>
      guest.ask('mutation($token: String!) { refresh(refreshToken: $token) { accessToken } }', { token: refreshToken }),
    (({ refresh }: { refresh: unknown }) => refresh) as never,
  );
  return begun === renewed ? begun : `unexpected: login ${begun}, refresh ${renewed}`;
}

/** Sends an operation and says in the table's words what came back: where data is missing, its error must say so. */
export async function observe<T>(
  send: () => Promise<Answer<T>>,
  field: (data: never) => unknown,
): Promise<Observation> {
  let answer: Answer<T>;
  try {
    answer = await send();
  } catch (error) {
    return (error as Error).message === 'fetch failed' ? 'gone' : `unexpected: ${String(error)}`;
  }
  const { data, errors } = answer;
  const value = data && field(data as never);
  if (errors.length === 0) return value == null ? 'unexpected: no value and no error' : 'works';
  const told = errors.every(({ extensions }) => extensions.code === UNAVAILABLE);
  if (!told || value != null) return `unexpected: ${JSON.stringify({ data, errors })}`;
  return data === null ? 'refused' : 'null';
}
