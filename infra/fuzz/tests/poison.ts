import { messages, type Envelope } from '@brigade/schema';
import { v7 as uuidv7 } from 'uuid';
import type { Random } from '../src/random.ts';

export interface Poison {
  shape: string;
  body: Buffer;
  contentType?: string;
  contentEncoding?: string;
  type?: string;
  headers?: Record<string, unknown>;
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value));

function envelope(random: Random): Envelope {
  const { name, example } = random.pick(messages);
  const id = uuidv7();
  const about = { id, name, occurredAt: new Date().toISOString(), correlationId: id, causationId: id };
  return { ...about, subject: uuidv7(), payload: example };
}

const bytes = (random: Random, length: number) => Buffer.from(Array.from({ length }, () => random.between(0, 256)));

const headers: ((random: Random) => Record<string, unknown>)[] = [
  () => ({}),
  (random) => ({ 'x-attempts': random.pick([-1_000_000, 1e9, 0.5, 'many', true]) }),
  () => ({ 'x-death': [null, 'x', 5, { reason: null }] }),
  () => ({ 'x-death': [{ reason: 'expired\0', queue: 7, count: 'x', time: 'x' }], 'x-reason': '\0\u001b[2J' }),
  () => ({ 'x-first-failed-at': '-271821-04-20T00:00:00.000Z', 'x-last-failed-at': '+275760-09-13T00:00:00.000Z' }),
  () => ({ 'x-message-name': 'é'.repeat(300), 'x-queue': { a: [1] }, 'x-waits': 'NaN' }),
];

/** Every shape of body that no consumer can take; none ever becomes a message by what is random in it. */
const shapes: Readonly<Record<string, (random: Random) => Omit<Poison, 'shape'>>> = {
  nothing: () => ({ body: Buffer.alloc(0) }),
  'random bytes': (random) => ({ body: Buffer.concat([Buffer.from([0xff]), bytes(random, random.between(1, 500))]) }),
  'no JSON': () => ({ body: Buffer.from('hello, I am no JSON') }),
  'nested arrays': (random) => ({ body: Buffer.from('['.repeat(random.pick([65, 1_000, 20_000, 100_000]))) }),
  'nested objects': () => ({ body: Buffer.from('{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000)) }),
  'another kind of JSON': (random) => ({ body: json(random.pick<unknown>([null, 7, 'text', [], {}, [[]], true])) }),
  'a truncated message': (random) => {
    const whole = json(envelope(random));
    return { body: whole.subarray(0, random.between(1, whole.length)) };
  },
  'a message without a payload': (random) => ({ body: json({ ...envelope(random), payload: undefined }) }),
  'a payload that breaks its contract': (random) => ({
    body: json({ ...envelope(random), payload: random.pick<unknown>([null, [], 'x', { orderId: 'x' }, { a: '\0' }]) }),
  }),
  'an unknown name': (random) => ({ body: json({ ...envelope(random), name: 'nobody.has-heard-of-it.v9' }) }),
  'control characters': (random) => ({ body: json({ ...envelope(random), subject: random.pick(['a\0', '\ud800']) }) }),
  'a prototype': (random) => ({
    body: Buffer.from(`{"__proto__":{"id":"x"},"constructor":${JSON.stringify(envelope(random))}}`),
  }),
  'too many bytes': () => ({ body: Buffer.alloc(2_500_000, ' ') }),
  'another encoding': (random) => ({
    body: json(envelope(random)),
    contentEncoding: random.pick(['gzip', 'x'.repeat(200)]),
  }),
  'UTF-16': (random) => ({ body: Buffer.from(JSON.stringify(envelope(random)), 'utf16le') }),
  'huge numbers': () => ({ body: Buffer.from('{"a":1e400,"b":90071992547409931234567890}') }),
};

export function poison(random: Random): Poison {
  const shape = random.pick(Object.keys(shapes));
  const type = random.pick<string | undefined>([undefined, 'orders.order-placed.v1', 'a\0b', 'x'.repeat(255)]);
  const contentType = random.pick<string | undefined>([undefined, 'application/json', 'text/plain', 'image/png']);
  return {
    shape,
    ...shapes[shape]!(random),
    ...(type && { type }),
    ...(contentType && { contentType }),
    headers: random.pick(headers)(random),
  };
}
