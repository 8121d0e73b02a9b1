import { envelopeSchema, routing, type Consumer, type Envelope, type MessageDefinition } from '@brigade/schema';
import { z } from 'zod';
import { PoisonMessage } from '../errors/delivery-errors.ts';

/** What a subgraph does with one message. `tx` is the transaction that also remembers the message id. */
export type Handle<P, Tx> = (message: Envelope<P>, tx: Tx) => Promise<void>;

export interface MessageHandler<Tx> {
  readonly definition: MessageDefinition;
  readonly handle: Handle<never, Tx>;
  /**
   * What follows, in a transaction of its own, when the message has failed for good and goes to the dead letters: nobody
   * must wait for what will not happen. It may run twice, and the message may be redriven afterwards.
   */
  readonly giveUp?: Handle<never, Tx>;
}

/** One row of a subgraph's table of what comes in (`messaging/consumes.ts`). */
export const on = <P, Tx>(
  definition: MessageDefinition<P>,
  handle: Handle<P, Tx>,
  giveUp?: Handle<P, Tx>,
): MessageHandler<Tx> => ({ definition, handle, ...(giveUp && { giveUp }) });

/**
 * The handlers by message name.
 * @throws Error unless they are exactly what the routing contract says this consumer hears
 */
export function handlerTable<Tx>(
  consumer: Consumer,
  handlers: readonly MessageHandler<Tx>[],
): Map<string, MessageHandler<Tx>> {
  const table = new Map(handlers.map((handler) => [handler.definition.name, handler]));
  const contract = new Set<string>(routing[consumer].map(({ name }) => name));
  const missing = [...contract].filter((name) => !table.has(name));
  const surplus = [...table.keys()].filter((name) => !contract.has(name));
  if (missing.length > 0 || surplus.length > 0 || table.size !== handlers.length) {
    throw new Error(
      `${consumer}'s handlers differ from schema/messages/routing.ts: missing [${missing.join(', ')}], not routed [${surplus.join(', ')}]`,
    );
  }
  return table;
}

/** @throws PoisonMessage when this JSON is not an envelope, nobody here handles its name, or the payload breaks the contract */
export function parseMessage<Tx>(
  body: unknown,
  table: ReadonlyMap<string, MessageHandler<Tx>>,
): { message: Envelope<never>; handler: MessageHandler<Tx> } {
  const envelope = envelopeSchema.safeParse(body);
  if (!envelope.success) throw new PoisonMessage(`not a message envelope: ${z.prettifyError(envelope.error)}`);
  const handler = table.get(envelope.data.name);
  if (!handler) throw new PoisonMessage(`no handler for ${envelope.data.name}`);
  const payload = handler.definition.schema.safeParse(envelope.data.payload);
  if (!payload.success)
    throw new PoisonMessage(`${envelope.data.name} breaks its contract: ${z.prettifyError(payload.error)}`);
  return { message: { ...envelope.data, payload: payload.data as never }, handler };
}
