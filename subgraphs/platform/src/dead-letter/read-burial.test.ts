import { describe, expect, test } from '@jest/globals';
import { readBurial, type Delivered } from './read-burial.ts';

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const read = (delivery: Partial<Delivered>) =>
  readBurial({ body: Buffer.from('{}'), ...delivery }, 'orders', 'brigade.orders');
const at = '2026-01-01T12:00:00.000Z';
const headers = {
  'x-message-name': 'menu.dish-changed.v1',
  'x-attempts': 8,
  'x-first-failed-at': '2026-01-01T11:00:00.000Z',
  'x-last-failed-at': at,
  'x-reason': 'Error: no',
  'x-stack': 'Error: no\n  at x',
  'x-queue': 'brigade.kitchen.devices',
};

describe('a delivery from a dead-letter queue', () => {
  test('tells what its consumer noted', () => {
    const body = { name: 'menu.dish-changed.v1', subject: 'dish' };
    expect(read({ messageId: 'm', contentType: 'application/json', headers, body: json(body) })).toEqual({
      consumer: 'orders',
      queue: 'brigade.kitchen.devices',
      messageId: 'm',
      messageName: 'menu.dish-changed.v1',
      subject: 'dish',
      body: { kind: 'json', value: body },
      reason: 'Error: no',
      stack: 'Error: no\n  at x',
      attempts: 8,
      firstFailedAt: new Date('2026-01-01T11:00:00.000Z'),
      lastFailedAt: new Date(at),
    });
  });

  test('from the broker tells its reason, queue and time, not those of the attempt before', () => {
    const seconds = Date.parse(at) / 1_000;
    const death = { reason: 'delivery_limit', queue: 'brigade.other', time: seconds, count: 1 };
    const earlier = { ...headers, 'x-queue': '', 'x-attempts': 3, 'x-last-failed-at': '2026-01-01T11:30:00.000Z' };
    expect(read({ messageId: 'm', headers: { ...earlier, 'x-death': [death] } })).toMatchObject({
      queue: 'brigade.other',
      reason: 'put aside by the broker: delivery_limit in brigade.other',
      stack: null,
      attempts: 3,
      lastFailedAt: new Date(at),
    });
  });

  test('that only waited in a delay queue died by its consumer', () => {
    const death = { reason: 'expired', queue: 'brigade.retry.250', time: 1, count: 1 };
    expect(read({ messageId: 'm', headers: { ...headers, 'x-death': [death] } })).toMatchObject({
      reason: 'Error: no',
      lastFailedAt: new Date(at),
    });
  });

  test('without anything is known by a hash of its body', () => {
    const burial = read({ body: Buffer.from('x'), contentType: 'application/json', messageId: '' });
    expect(burial).toMatchObject({
      queue: 'brigade.orders',
      messageId: 'sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881',
      messageName: 'unknown',
      subject: null,
      reason: 'no reason was noted',
      attempts: 0,
      firstFailedAt: null,
      lastFailedAt: null,
    });
    expect(read({ body: Buffer.from('y') }).messageId).not.toBe(burial.messageId);
  });

  test.each<[string, string | Buffer, string]>([
    ['bytes', Buffer.from([0, 255]), 'application/json'],
    ['text', 'plain', 'text/plain'],
    ['a JSON string', '"quoted"', 'application/json'],
    ['null', 'null', 'application/json'],
    ['JSON with NUL in it', '{"a":["\\u0000"]}', 'application/json'],
    ['JSON with half a pair as a key', '{"\\ud800":1}', ''],
    ['JSON that is nested too deep', '['.repeat(20_000), 'application/json'],
    ['JSON whose numbers could not be written again', '{"a":1e400,"b":9007199254740993}', 'application/json'],
    ['nothing at all', '', 'application/json'],
  ])('keeps %s byte by byte', (_title, given, contentType) => {
    const body = Buffer.from(given as string);
    expect(read({ body, contentType }).body).toEqual({ kind: 'raw', base64: body.toString('base64'), contentType });
  });

  test('that is too large is kept in part, and says so', () => {
    const { body, reason } = read({ body: Buffer.alloc(5_000_000, 'x'), headers });
    expect(body).toMatchObject({ kind: 'raw', base64: Buffer.alloc(4_194_304, 'x').toString('base64') });
    expect(reason).toBe('Error: no (the first 4194304 of 5000000 bytes are kept)');
  });

  test.each<[string, Record<string, unknown>]>([
    ['numbers', { 'x-attempts': 'many', 'x-first-failed-at': 'yesterday', 'x-last-failed-at': {}, 'x-reason': 7 }],
    ['broker records', { 'x-death': 'x', 'x-attempts': -1 }],
    ['huge numbers', { 'x-attempts': 1e300 }],
    ['deaths that are none', { 'x-death': [null, 5, 'x', [], {}] }],
    ['times that no database has', { 'x-last-failed-at': '-271821-04-20T00:00:00.000Z', 'x-first-failed-at': 8e12 }],
  ])('with senseless headers is read all the same: %s', (_title, senseless) => {
    const { attempts, lastFailedAt } = read({ headers: senseless });
    expect(attempts).toBeGreaterThanOrEqual(0);
    expect(attempts).toBeLessThan(2 ** 31);
    expect(lastFailedAt).toBeNull();
  });

  test('keeps no text that the database can not, and no name that a redrive could not send', () => {
    const burial = read({ headers: { 'x-reason': 'a\0b\ud800', 'x-message-name': 'é'.repeat(200) } });
    expect(burial.reason).toBe('a\uFFFDb\uFFFD');
    expect(Buffer.byteLength(burial.messageName)).toBeLessThanOrEqual(255);
  });
});
