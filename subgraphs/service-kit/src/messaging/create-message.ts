import type { Envelope, MessageDefinition } from '@brigade/schema';
import { v7 as uuidv7 } from 'uuid';
import { currentWork } from '../observe/context.ts';
import { currentTraceparent } from '../observe/tracing.ts';

/**
 * A new message, parsed by its contract; correlation, causation and trace come from the work that is under way.
 * `subject` is the aggregate's id: messages of one subject keep their order.
 * @throws ZodError when the payload breaks the contract: a fault of the producer
 */
export function createMessage<P>(definition: MessageDefinition<P>, subject: string, payload: P): Envelope<P> {
  const id = uuidv7();
  const work = currentWork();
  const traceparent = currentTraceparent();
  return {
    id,
    name: definition.name,
    occurredAt: new Date().toISOString(),
    correlationId: work?.correlationId ?? id,
    causationId: work?.causationId ?? id,
    ...(traceparent && { traceparent }),
    subject,
    payload: definition.schema.parse(payload),
  };
}
