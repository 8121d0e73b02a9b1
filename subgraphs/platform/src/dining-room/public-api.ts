import { z } from 'zod';
import { operations, type OperationName } from './operations.ts';

const TIMEOUT_MS = 5_000;

/** Nobody answers, or something behind the router is away: it passes. */
export class ApiAway extends Error {
  override readonly name = 'ApiAway';
}

/** The API answered with no. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}

/** Of the whole system, not of what was asked for: the same question may be answered later. */
const PASSING = new Set(['SUBGRAPH_UNAVAILABLE', 'ROUTER_BUSY', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR']);

const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).default({ code: 'UNKNOWN' }) }))
    .default([]),
});

/** The API as everyone has it: over HTTP, through the router. */
export class PublicApi {
  constructor(
    private readonly url: string,
    private readonly closing: AbortSignal,
  ) {}

  /**
   * @param isEnough whether data with errors beside it is an answer, e.g. a menu without the stock
   * @throws ApiAway
   * @throws ApiRefusal
   */
  async ask<T>(
    schema: z.ZodType<T>,
    operationName: OperationName,
    variables: object,
    { token, isEnough = false }: { token?: string; isEnough?: boolean } = {},
  ): Promise<T> {
    const answer = await this.#post({ query: operations[operationName], operationName, variables }, token);
    const parsed = answerSchema.safeParse(answer);
    if (!parsed.success) throw new ApiAway('the router answers something else');
    const { data, errors } = parsed.data;
    const [error] = errors;
    const fits = schema.safeParse(data);
    if (fits.success && (!error || isEnough)) return fits.data;
    if (!error) throw new ApiAway('the router answers something else');
    const { code } = error.extensions;
    if (PASSING.has(code)) throw new ApiAway(`${code}: ${error.message}`);
    throw new ApiRefusal(code, error.message);
  }

  async #post(body: object, token: string | undefined): Promise<unknown> {
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify(body),
        signal: AbortSignal.any([this.closing, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      return await response.json();
    } catch (error) {
      throw new ApiAway(`the router does not answer: ${(error as Error).message}`, { cause: error });
    }
  }
}
