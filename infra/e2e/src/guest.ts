import { randomUUID } from 'node:crypto';
import { eventually } from '../../../subgraphs/service-kit/tests/test-runtime.ts';
import type { Restaurant } from './restaurant.ts';

export interface Answer<T> {
  status: number;
  data: T | null;
  errors: { message: string; extensions: { code: string } & Record<string, unknown>; path?: unknown[] }[];
}

export interface Dish {
  id: string;
  name: string;
  price: { amountMinor: number; currency: string };
  availablePortions: number | null;
}

export interface OrderState {
  id: string;
  status: string;
  customer: { id: string } | null;
  lines: { quantity: number; dish: { id: string; name: string } | null }[];
  payment: { status: string; amount: { amountMinor: number } } | null;
  tickets: { id: string; status: string; station: { id: string } | null }[] | null;
  timeline: { name: string; at: string }[] | null;
}

const documents = {
  register: `mutation Register($input: RegisterInput!) { register(input: $input) { accessToken refreshToken user { id email roles } } }`,
  login: `mutation Login($input: LoginInput!) { login(input: $input) { accessToken refreshToken user { id } } }`,
  menu: `query Menu { dishes(first: 10) { edges { node { id name price { amountMinor currency } availablePortions } } pageInfo { hasNextPage endCursor } } }`,
  wholeMenu: `query WholeMenu { dishes(first: 100) { edges { node { id name price { amountMinor currency } availablePortions } } } }`,
  addCard: `mutation AddCard($input: AddPaymentMethodInput!) { addPaymentMethod(input: $input) { id brand last4 } }`,
  place: `mutation Place($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id status total { amountMinor currency } } } }`,
  order: `query Order($id: ID!) { order(id: $id) { id status customer { id } lines { quantity dish { id name } } payment { status amount { amountMinor } } tickets { id status station { id } } timeline { name at } } }`,
  cancel: `mutation Cancel($id: ID!) { cancelOrder(id: $id) { order { id status } } }`,
};

/** Someone who asks the router: a guest who registers, or one of the demo accounts. */
export class Guest {
  userId = '';

  private constructor(
    private readonly restaurant: Restaurant,
    private token: string | undefined,
  ) {}

  /** As it would be sent; absent for nobody. */
  get accessToken(): string | undefined {
    return this.token;
  }

  static nobody = (restaurant: Restaurant): Guest => new Guest(restaurant, undefined);

  static async register(restaurant: Restaurant): Promise<Guest> {
    const guest = new Guest(restaurant, undefined);
    const input = { email: `${randomUUID()}@guests.test`, password: 'a good password', name: 'Ada' };
    const { data } = await guest.ask<{ register: { accessToken: string; user: { id: string } } }>(documents.register, {
      input,
    });
    if (!data) throw new Error('registering failed');
    guest.token = data.register.accessToken;
    guest.userId = data.register.user.id;
    return guest;
  }

  /** Begins a session of its own. @returns its refresh token */
  async begin(email: string): Promise<string> {
    const { data } = await this.ask<{ login: { refreshToken: string } }>(documents.login, {
      input: { email, password: 'brigade-demo' },
    });
    if (!data) throw new Error('logging in failed');
    return data.login.refreshToken;
  }

  static async login(restaurant: Restaurant, email: string): Promise<Guest> {
    const guest = new Guest(restaurant, undefined);
    const input = { email, password: 'brigade-demo' };
    const { data } = await guest.ask<{ login: { accessToken: string; user: { id: string } } }>(documents.login, {
      input,
    });
    if (!data) throw new Error('logging in failed');
    guest.token = data.login.accessToken;
    guest.userId = data.login.user.id;
    return guest;
  }

  /** What a WebSocket is opened with. */
  get credentials(): Record<string, string> {
    return this.token ? { authorization: `Bearer ${this.token}` } : {};
  }

  async ask<T>(
    query: string,
    variables: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(this.restaurant.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...this.credentials,
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data = null, errors = [] } = (await response.json()) as Partial<Answer<T>>;
    return { status: response.status, data, errors };
  }

  async menu(): Promise<Dish[]> {
    const { data } = await this.ask<{ dishes: { edges: { node: Dish }[] } }>(documents.wholeMenu);
    return data?.dishes.edges.map(({ node }) => node) ?? [];
  }

  firstPage = () =>
    this.ask<{ dishes: { edges: { node: Dish }[]; pageInfo: { hasNextPage: boolean } } }>(documents.menu);

  async addCard(token = 'tok_visa'): Promise<string> {
    const { data } = await this.ask<{ addPaymentMethod: { id: string } }>(documents.addCard, { input: { token } });
    if (!data) throw new Error('the card was not kept');
    return data.addPaymentMethod.id;
  }

  place = (input: Record<string, unknown>) =>
    this.ask<{ placeOrder: { order: { id: string; status: string; total: { amountMinor: number } } } }>(
      documents.place,
      {
        input: {
          idempotencyKey: randomUUID(),
          deliveryAddress: { line1: '1 Rue de Rivoli', city: 'Paris', postcode: '75001' },
          ...input,
        },
      },
    );

  /** Places an order that must be accepted; answers its id. */
  async order(lines: { dishId: string; quantity: number }[], token?: string): Promise<string> {
    const { data, errors } = await this.place({ lines, paymentMethodId: await this.addCard(token) });
    if (!data) throw new Error(`the order was refused: ${JSON.stringify(errors)}`);
    return data.placeOrder.order.id;
  }

  readOrder = (id: string) => this.ask<{ order: OrderState }>(documents.order, { id });

  cancel = (id: string) =>
    this.ask<{ cancelOrder: { order: { id: string; status: string } } }>(documents.cancel, { id });

  /** Waits until the order meets a condition (by default: stands somewhere). */
  async until(
    id: string,
    condition: string | ((order: OrderState) => boolean),
    timeoutMs = 150_000,
  ): Promise<OrderState> {
    const meets = typeof condition === 'string' ? (order: OrderState) => order.status === condition : condition;
    let last: OrderState | undefined;
    try {
      return await eventually(async () => {
        last = (await this.readOrder(id)).data?.order;
        return last && meets(last) ? last : undefined;
      }, timeoutMs);
    } catch (error) {
      throw new Error(`order ${id} is ${JSON.stringify(last)}`, { cause: error });
    }
  }
}
