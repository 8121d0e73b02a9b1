import { cleanText } from '@brigade/schema';
import type { HotHistogram } from '@brigade/service-kit';
import { ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';
import { z } from 'zod';

const entrySchema = z.object({
  id: z.string(),
  status: z.enum(['succeeded', 'declined']),
  amountMinor: z.int(),
  declineReason: z.string().transform(cleanText).optional(),
});
export type ProviderEntry = z.infer<typeof entrySchema>;

interface ProviderAnswer {
  status: number;
  json: unknown;
}

/** The provider answered, but not with yes: `status` is its HTTP status. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The payment provider's API, behind a circuit breaker: after 5 failures in a row nobody asks for 2 s, then one tries.
 * Every call may have had its effect although it failed; ask again with the same key.
 */
export class ProviderClient {
  readonly #breaker = circuitBreaker(handleAll, { halfOpenAfter: 2_000, breaker: new ConsecutiveBreaker(5) });

  constructor(
    private readonly baseUrl: string,
    private readonly timeoutMs: number,
    private readonly duration?: HotHistogram<'operation' | 'outcome'>,
  ) {}

  charge(
    key: string,
    request: { token: string; amountMinor: number; currency: string; reference: string },
  ): Promise<ProviderEntry> {
    return this.#call('charge', entrySchema, '/charges', key, request);
  }

  refund(key: string, request: { chargeId: string; amountMinor: number; reference: string }): Promise<ProviderEntry> {
    return this.#call('refund', entrySchema, '/refunds', key, request);
  }

  /** Closes a charge's key. Answers the charge if it had gone through before, a declined one otherwise. */
  voidCharge(key: string, reference: string): Promise<ProviderEntry> {
    return this.#call('void', entrySchema, '/charges/void', key, { reference });
  }

  /** Brand and last digits of a token; undefined for one that the provider does not know. */
  async card(token: string): Promise<{ brand: string; last4: string } | undefined> {
    const card = z.object({ brand: z.string(), last4: z.string() });
    try {
      return await this.#call('card', card, `/cards/${encodeURIComponent(token)}`);
    } catch (error) {
      if (error instanceof ProviderError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** A refusal (4xx) is an answer and does not trip the breaker. */
  async #call<T>(operation: string, schema: z.ZodType<T>, path: string, key?: string, body?: unknown): Promise<T> {
    const answer = await this.#breaker.execute(() => this.#measure(operation, () => this.#fetch(path, key, body)));
    if (answer.status >= 400) throw new ProviderError(answer.status, JSON.stringify(answer.json));
    return schema.parse(answer.json);
  }

  async #fetch(path: string, key?: string, body?: unknown): Promise<ProviderAnswer> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(this.timeoutMs),
    });
    const json: unknown = await response.json();
    if (response.status >= 500) throw new ProviderError(response.status, JSON.stringify(json));
    return { status: response.status, json };
  }

  async #measure(operation: string, call: () => Promise<ProviderAnswer>): Promise<ProviderAnswer> {
    const started = performance.now();
    let outcome = 'failed';
    try {
      const answer = await call();
      outcome = answer.status >= 400 ? 'refused' : 'ok';
      return answer;
    } finally {
      this.duration?.observe({ operation, outcome }, (performance.now() - started) / 1_000);
    }
  }
}
