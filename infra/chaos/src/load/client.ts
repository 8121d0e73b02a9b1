import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Attempt, Outcome } from './told.ts';

const ANSWER_WITHIN_MS = 8_000;
/** How often a client asks again, with the same idempotency key, while it does not know. */
const TRIES = 3;
const PAUSE_MS = 1_000;

/** Codes that say nothing about what has become of it. */
const UNKNOWN = new Set(['SUBGRAPH_UNAVAILABLE', 'INTERNAL_SERVER_ERROR', 'NO_DATA']);
/** Codes after which it is worth asking again, though it was not done: nobody listened, or the token had expired. */
const AGAIN = new Set(['ECONNREFUSED', 'UNAUTHENTICATED']);

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

export interface Result {
  outcome: Outcome;
  attempts: Attempt[];
  data?: Record<string, unknown>;
}

/** A guest with an account, two cards and the patience of a shop's app. */
export class Client {
  readonly url: string;
  readonly #password = randomUUID();
  readonly #email = `${randomUUID()}@chaos.test`;
  #token = '';
  #loggingIn: Promise<void> | undefined;
  card = '';
  emptyCard = '';

  constructor(url: string) {
    this.url = url;
  }

  /** Registers and keeps a good card and one that is declined. @throws Error when it is refused */
  static async register(url: string): Promise<Client> {
    const client = new Client(url);
    const input = { email: client.#email, password: client.#password, name: 'Ada' };
    const registered = await client.mustAsk(
      'mutation Register($input: RegisterInput!) { register(input: $input) { accessToken } }',
      { input },
    );
    client.#token = (registered.register as { accessToken: string }).accessToken;
    client.card = await client.#keepCard('tok_visa');
    client.emptyCard = await client.#keepCard('tok_declined');
    return client;
  }

  /** One of the demo accounts. */
  static async logIn(url: string, email: string, password: string): Promise<Client> {
    const client = new Client(url);
    client.#token = await client.#login(email, password);
    return client;
  }

  /** Asks for something that can be asked for again, until it is known whether it was done. */
  async persist(query: string, variables: Record<string, unknown>): Promise<Result> {
    const attempts: Attempt[] = [];
    for (let attempt = 1; ; attempt += 1) {
      const from = Date.now();
      const { outcome, code, data } = await this.#try(query, variables);
      attempts.push({ from, to: Date.now(), outcome, ...(code && { code }) });
      if (outcome === 'acknowledged') return { outcome, attempts, ...(data && { data }) };
      if (code === 'UNAUTHENTICATED') await this.#logInAgain().catch(() => {});
      const final = outcome === 'refused' && !AGAIN.has(code ?? '');
      if (final || attempt === TRIES) {
        // One attempt that may have been done makes the whole one of which nobody knows.
        const unknown = attempts.some((one) => one.outcome === 'indeterminate');
        return { outcome: unknown ? 'indeterminate' : 'refused', attempts };
      }
      await delay(PAUSE_MS);
    }
  }

  /** @throws Error unless there are data and no errors */
  async mustAsk(query: string, variables: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const { data, errors } = await this.#post(query, variables);
    if (!data || errors?.length) throw new Error(`refused: ${JSON.stringify(errors)}`);
    return data;
  }

  async #try(
    query: string,
    variables: Record<string, unknown>,
  ): Promise<{ outcome: Outcome; code?: string; data?: Record<string, unknown> }> {
    try {
      const { data, errors } = await this.#post(query, variables);
      const [error] = errors ?? [];
      if (!error && data) return { outcome: 'acknowledged', data };
      const code = error?.extensions?.code ?? 'NO_DATA';
      return { outcome: UNKNOWN.has(code) ? 'indeterminate' : 'refused', code };
    } catch (error) {
      const { cause } = error as { cause?: { code?: string } };
      const code = cause?.code ?? (error as Error).name;
      // Nobody listened: the request has not left this machine.
      return { outcome: code === 'ECONNREFUSED' ? 'refused' : 'indeterminate', code };
    }
  }

  async #post(query: string, variables: Record<string, unknown>): Promise<Answer> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    return (await response.json()) as Answer;
  }

  async #keepCard(token: string): Promise<string> {
    const kept = await this.mustAsk(
      'mutation AddCard($input: AddPaymentMethodInput!) { addPaymentMethod(input: $input) { id } }',
      { input: { token } },
    );
    return (kept.addPaymentMethod as { id: string }).id;
  }

  /** Once for all who find their token expired at the same time. */
  #logInAgain(): Promise<void> {
    this.#loggingIn ??= this.#login(this.#email, this.#password)
      .then((token) => {
        this.#token = token;
      })
      .finally(() => {
        this.#loggingIn = undefined;
      });
    return this.#loggingIn;
  }

  async #login(email: string, password: string): Promise<string> {
    this.#token = '';
    const { login } = await this.mustAsk(
      'mutation Login($input: LoginInput!) { login(input: $input) { accessToken } }',
      {
        input: { email, password },
      },
    );
    return (login as { accessToken: string }).accessToken;
  }
}
