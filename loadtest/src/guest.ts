import { randomUUID } from 'node:crypto';

interface Answer {
  data?: Record<string, never> | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

export interface Placed {
  /** Round trip of `placeOrder`, milliseconds. */
  ms: number;
  /** Absent when it was refused. */
  order?: { status(): Promise<string> };
  refusal?: string;
}

/** One guest of the load: an account of their own and a card that pays. */
export class LoadGuest {
  #token = '';
  #card = '';

  private constructor(private readonly url: string) {}

  /** @throws Error when the router refuses the account or the card */
  static async arrive(url: string): Promise<LoadGuest> {
    const guest = new LoadGuest(url);
    const registered = await guest.#ask(
      'mutation Register($input: RegisterInput!) { register(input: $input) { accessToken } }',
      {
        input: { email: `${randomUUID()}@load.test`, password: randomUUID(), name: 'Load' },
      },
    );
    guest.#token = (registered.register as { accessToken: string }).accessToken;
    const kept = await guest.#ask(
      'mutation AddCard($input: AddPaymentMethodInput!) { addPaymentMethod(input: $input) { id } }',
      {
        input: { token: 'tok_visa' },
      },
    );
    guest.#card = (kept.addPaymentMethod as { id: string }).id;
    return guest;
  }

  /** Dishes of which there is plenty. */
  async menu(): Promise<string[]> {
    const answer = await this.#ask('query Menu { dishes(first: 100) { edges { node { id availablePortions } } } }', {});
    const { edges } = answer.dishes as { edges: { node: { id: string; availablePortions: number | null } }[] };
    return edges.filter(({ node }) => (node.availablePortions ?? 0) > 1_000).map(({ node }) => node.id);
  }

  async place(dishIds: readonly string[]): Promise<Placed> {
    const lines = dishIds.map((dishId) => ({ dishId, quantity: 1 }));
    const input = {
      idempotencyKey: randomUUID(),
      lines,
      deliveryAddress: { line1: '1 Load Lane', city: 'Paris', postcode: '75001' },
      paymentMethodId: this.#card,
    };
    const started = performance.now();
    const { data, errors } = await this.#post(
      'mutation Place($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id status total { amountMinor currency } } } }',
      { input },
    );
    const ms = performance.now() - started;
    const placed = data?.placeOrder as { order: { id: string } } | undefined;
    if (!placed) return { ms, refusal: errors?.[0]?.extensions?.code ?? 'no answer' };
    return { ms, order: { status: () => this.#statusOf(placed.order.id) } };
  }

  async #statusOf(orderId: string): Promise<string> {
    const answer = await this.#ask('query Status($id: ID!) { order(id: $id) { status } }', { id: orderId });
    return (answer.order as { status: string }).status;
  }

  async #ask(query: string, variables: Record<string, unknown>): Promise<Record<string, unknown>> {
    const { data, errors } = await this.#post(query, variables);
    if (errors?.[0] || !data) throw new Error(errors?.[0]?.message ?? 'no data');
    return data;
  }

  async #post(query: string, variables: Record<string, unknown>): Promise<Answer> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(this.#token && { authorization: `Bearer ${this.#token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  }
}
