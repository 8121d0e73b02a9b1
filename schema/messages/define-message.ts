import type { z } from 'zod';

export interface MessageDefinition<P = unknown, N extends string = string> {
  /** Routing key and type of the message: `<subgraph>.<event in the past tense>.v<version>`. */
  readonly name: N;
  readonly schema: z.ZodType<P>;
  /** A valid payload: documentation that a test keeps true. */
  readonly example: P;
}

export type PayloadOf<D> = D extends MessageDefinition<infer P> ? P : never;

/** Declares one message contract. A breaking change adds a `.v2` beside it; nobody edits a published `.v1`. */
export function defineMessage<const N extends string, S extends z.ZodType>(
  name: N,
  schema: S,
  example: z.infer<S>,
): MessageDefinition<z.infer<S>, N> {
  return { name, schema: schema as unknown as z.ZodType<z.infer<S>>, example };
}
