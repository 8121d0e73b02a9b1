import { envelopeSchema, messages } from '@brigade/schema';
import { isKeepableJson } from './body.ts';
import type { DeadLetter } from './dead-letter.ts';
import { DeadLetterNotEditable, DeadLetterUnreadable, PayloadBreaksContract, type Fault } from './errors.ts';

const contractOf = (name: string) => messages.find((definition) => definition.name === name);

/** Whether messages of this name are about an order, so that their subject is its id. */
export const isAboutAnOrder = (messageName: string): boolean =>
  Object.hasOwn(contractOf(messageName)?.example ?? {}, 'orderId');

/**
 * The letter's message with another payload: its envelope, id included, stays.
 * @throws DeadLetterUnreadable, DeadLetterNotEditable, PayloadBreaksContract
 */
export function withPayload(letter: DeadLetter, payload: unknown): { before: object; after: object } {
  if (letter.body.kind === 'raw') throw new DeadLetterUnreadable(letter.id);
  const before = letter.body.value;
  const envelope = envelopeSchema.safeParse(before);
  if (!envelope.success) throw new DeadLetterNotEditable(letter.id, 'it is no message envelope');
  const { name, subject } = envelope.data;
  const contract = contractOf(name);
  if (!contract) throw new DeadLetterNotEditable(letter.id, `there is no contract of the name ${name}`);
  const parsed = contract.schema.safeParse(payload);
  const faults: Fault[] = parsed.success
    ? faultsBeyondContract(parsed.data, subject)
    : parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  if (faults.length > 0) throw new PayloadBreaksContract(name, faults);
  return { before, after: { ...envelope.data, payload: parsed.data } };
}

function faultsBeyondContract(payload: object, subject: string): Fault[] {
  const faults: Fault[] = [];
  if (!isKeepableJson(payload)) faults.push({ path: '', message: 'must be text and numbers that can be kept' });
  // Order among messages is kept by subject, so an edit must not move one to another order.
  if ('orderId' in payload && payload.orderId !== subject)
    faults.push({ path: 'orderId', message: `must be the subject of the message, ${subject}` });
  return faults;
}
