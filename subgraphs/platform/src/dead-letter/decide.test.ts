import { describe, expect, test } from '@jest/globals';
import { paymentCaptured } from '@brigade/schema';
import type { Burial, DeadLetter, Status } from './dead-letter.ts';
import { bury, decide, type Command } from './decide.ts';

const orderId = paymentCaptured.example.orderId;
const envelope = {
  id: '01970000-0000-7000-8000-00000000aaaa',
  name: paymentCaptured.name,
  occurredAt: '2026-01-01T12:00:00.000Z',
  correlationId: 'c',
  causationId: 'c',
  subject: orderId,
  payload: { ...paymentCaptured.example, paymentId: 'not an id' },
};
const burial: Burial = {
  consumer: 'orders',
  queue: 'brigade.orders',
  messageId: envelope.id,
  messageName: envelope.name,
  subject: orderId,
  body: { kind: 'json', value: envelope },
  reason: 'PoisonMessage: no',
  stack: null,
  attempts: 1,
  firstFailedAt: new Date('2026-01-01T12:00:01Z'),
  lastFailedAt: new Date('2026-01-01T12:00:01Z'),
};
const raw = { kind: 'raw', base64: 'AAE=', contentType: 'application/octet-stream' } as const;
const letter = (more: Partial<DeadLetter> = {}): DeadLetter => ({
  ...burial,
  id: 'a letter',
  deaths: 1,
  status: 'WAITING',
  ...more,
});

describe('a burial', () => {
  const first = { id: 'new', redelivered: false };
  const later = { ...burial, reason: 'again', lastFailedAt: new Date('2026-01-01T13:00:00Z') };

  test('the first makes a letter that waits', () => {
    expect(bury(burial, undefined, first)).toEqual({
      letter: { ...burial, id: 'new', deaths: 1, status: 'WAITING' },
      action: { kind: 'DIED', why: burial.reason, failedAt: burial.lastFailedAt },
    });
  });

  test.each<Status>(['WAITING', 'REDRIVING', 'REDRIVEN', 'DISCARDED'])(
    'a further one puts a letter that is %s back to waiting, and counts',
    (status) => {
      const change = bury(later, { letter: letter({ status }), hasDeath: false }, first);
      expect(change?.letter).toMatchObject({ id: 'a letter', deaths: 2, status: 'WAITING', reason: 'again' });
    },
  );

  test.each<Status>(['WAITING', 'REDRIVEN', 'DISCARDED'])('one that is in the audit changes nothing (%s)', (status) => {
    expect(bury(burial, { letter: letter({ status }), hasDeath: true }, first)).toBeUndefined();
  });

  test('without a time, a redelivered one counts once, unless something was done to the letter', () => {
    const untimed = { ...burial, lastFailedAt: null };
    const again = { id: 'new', redelivered: true };
    expect(bury(untimed, { letter: letter(), hasDeath: false }, again)).toBeUndefined();
    expect(bury(untimed, { letter: letter(), hasDeath: false }, first)?.letter.deaths).toBe(2);
    expect(bury(untimed, { letter: letter({ status: 'REDRIVEN' }), hasDeath: false }, again)?.letter.deaths).toBe(2);
  });

  test('does not undo an edit of a letter that still waits', () => {
    const edited = { kind: 'json', value: { edited: true } } as const;
    const known = (status: Status) => ({ letter: letter({ body: edited, status }), hasDeath: false });
    expect(bury(later, known('WAITING'), first)?.letter.body).toBe(edited);
    expect(bury(later, known('REDRIVEN'), first)?.letter.body).toBe(later.body);
  });
});

describe('what may be done to a dead letter', () => {
  const redrive: Command = { do: 'redrive', why: 'mended' };
  const discard: Command = { do: 'discard', why: 'a test' };
  const edit: Command = { do: 'edit', payload: paymentCaptured.example, why: 'typo' };

  test('one that waits is redriven, and done once the broker has it', () => {
    const marked = decide(redrive, letter());
    expect(marked).toMatchObject({
      letter: { status: 'REDRIVING' },
      action: { kind: 'REDRIVE_REQUESTED', why: 'mended' },
    });
    expect(decide({ do: 'confirm' }, letter({ status: 'REDRIVING' }))).toMatchObject({
      letter: { status: 'REDRIVEN' },
      action: { kind: 'REDRIVEN' },
    });
  });

  test('a redrive that finds no queue waits again', () => {
    expect(decide({ do: 'return', why: 'no queue' }, letter({ status: 'REDRIVING' }))).toMatchObject({
      letter: { status: 'WAITING' },
      action: { kind: 'RETURNED', why: 'no queue' },
    });
  });

  test.each<Status>(['WAITING', 'REDRIVEN', 'DISCARDED'])(
    'a late confirm of a letter that is %s is nothing',
    (status) => {
      expect(decide({ do: 'confirm' }, letter({ status }))).toBeUndefined();
      expect(decide({ do: 'return', why: 'x' }, letter({ status }))).toBeUndefined();
    },
  );

  test.each<Status>(['REDRIVING', 'REDRIVEN', 'DISCARDED'])('nothing may be done to one that is %s', (status) => {
    for (const command of [redrive, discard, edit])
      expect(() => decide(command, letter({ status }))).toThrow(
        expect.objectContaining({ code: 'DEAD_LETTER_NOT_WAITING', details: { id: 'a letter', status } }),
      );
  });

  test('one that can not be read is discarded, and neither edited nor redriven', () => {
    expect(decide(discard, letter({ body: raw }))?.letter.status).toBe('DISCARDED');
    for (const command of [redrive, edit])
      expect(() => decide(command, letter({ body: raw }))).toThrow(
        expect.objectContaining({ code: 'DEAD_LETTER_UNREADABLE' }),
      );
  });

  test('an edit changes the payload only, and keeps both in the audit', () => {
    const after = { ...envelope, payload: paymentCaptured.example };
    expect(decide(edit, letter())).toEqual({
      letter: letter({ body: { kind: 'json', value: after } }),
      action: { kind: 'EDITED', why: 'typo', before: envelope, after },
    });
  });

  test.each<[string, unknown, { path: string; message?: string }]>([
    ['breaks the contract', { ...paymentCaptured.example, paymentId: 7 }, { path: 'paymentId' }],
    ['has a field too many', { ...paymentCaptured.example, more: 1 }, { path: '' }],
    ['is of another order', { ...paymentCaptured.example, orderId: envelope.id }, { path: 'orderId' }],
  ])('an edit whose payload %s is refused by its faults', (_title, payload, fault) => {
    expect(() => decide({ do: 'edit', payload, why: 'x' }, letter())).toThrow(
      expect.objectContaining({
        code: 'PAYLOAD_BREAKS_CONTRACT',
        details: { messageName: envelope.name, faults: [expect.objectContaining(fault)] },
      }),
    );
  });

  test.each<[string, object]>([
    ['no envelope', { nonsense: true }],
    ['a name without a contract', { ...envelope, name: 'orders.unheard-of.v1' }],
  ])('a body with %s can not be edited', (_title, value) => {
    expect(() => decide(edit, letter({ body: { kind: 'json', value } }))).toThrow(
      expect.objectContaining({ code: 'DEAD_LETTER_NOT_EDITABLE' }),
    );
  });
});
