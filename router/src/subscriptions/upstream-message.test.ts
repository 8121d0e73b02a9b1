import { describe, expect, test } from '@jest/globals';
import { readMessage } from './upstream-message.ts';

const BROKEN = { message: 'broken' };
const read = (data: unknown) => readMessage(data, () => BROKEN);
const readJson = (message: unknown) => read(JSON.stringify(message));

describe('messages of a subgraph', () => {
  test.each<[string, object]>([
    ['an acknowledgement', { type: 'connection_ack' }],
    ['an acknowledgement with a payload', { type: 'connection_ack', payload: { a: 1 } }],
    ['a ping', { type: 'ping' }],
    ['a pong', { type: 'pong', payload: {} }],
    ['an event', { type: 'next', id: '1', payload: { data: { a: 1 } } }],
    ['an event with errors', { type: 'next', id: '1', payload: { data: null, errors: [{ message: 'no' }] } }],
    [
      'an end with errors',
      { type: 'error', id: '1', payload: [{ message: 'no', path: ['a', 0], extensions: { code: 'A' } }] },
    ],
    ['an end', { type: 'complete', id: '1' }],
  ])('%s is taken as it is', (_what, message) => {
    expect(readJson(message)).toEqual({ message });
  });

  test.each(['connection_ack', 'ping', 'pong'])('%s with an id is about no subscription all the same', (type) => {
    expect(readJson({ type, id: '1', payload: {} })).toEqual({ message: { type, payload: {} } });
  });

  test.each<[string, unknown]>([
    ['bytes', Buffer.from('{"type":"ping"}')],
    ['no JSON', '{"type":'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['no type', '{"id":"1"}'],
    ['an unknown type', '{"type":"__proto__","id":"1"}'],
    ['a type that is no text', '{"type":{"next":1},"id":"1"}'],
    ["a client's message", '{"type":"subscribe","id":"1","payload":{"query":"{ a }"}}'],
    ['the other protocol`s', '{"type":"ka"}'],
    ['an event without an id', '{"type":"next","payload":{"data":{}}}'],
    ['an event whose id is no text', '{"type":"next","id":1,"payload":{"data":{}}}'],
    ['errors whose id is empty', '{"type":"error","id":"","payload":[{"message":"no"}]}'],
    ['an end without an id', '{"type":"complete"}'],
  ])('%s concerns nobody', (_what, data) => {
    expect(read(data)).toEqual({ fault: expect.any(String) });
  });

  test.each<[string, unknown, unknown]>([
    ['an object', { message: 'no' }, [{ message: 'no' }]],
    ['nothing', undefined, [BROKEN]],
    ['null', null, [BROKEN]],
    ['a text', 'quota', [BROKEN]],
    ['no errors', [], [BROKEN]],
    ['texts', ['quota'], [BROKEN]],
    ['an error whose message is no text', [{ message: { a: 1 } }], [BROKEN]],
    ['an error and something else', [{ message: 'no' }, 1], [{ message: 'no' }]],
  ])('an end with %s in place of errors is an end with an error', (_what, payload, told) => {
    expect(readJson({ type: 'error', id: '1', payload })).toEqual({
      message: { type: 'error', id: '1', payload: told },
      fault: expect.any(String),
    });
  });

  test.each<[string, unknown]>([
    ['no payload', undefined],
    ['null', null],
    ['a list', []],
    ['a text', 'data'],
    ['neither data nor errors', {}],
    ['no data and no errors', { data: null }],
    ['data that is a list', { data: [] }],
    ['data that is a text', { data: 'a', errors: [{ message: 'no' }] }],
  ])('an event with %s ends its subscription', (_what, payload) => {
    expect(readJson({ type: 'next', id: '1', payload })).toEqual({
      message: { type: 'error', id: '1', payload: [BROKEN] },
      fault: expect.any(String),
      ends: '1',
    });
  });

  test('of an event whose errors are none, its data counts, and that there were errors', () => {
    for (const errors of ['quota', { message: 'no' }, ['quota'], [null]]) {
      expect(readJson({ type: 'next', id: '1', payload: { data: { a: 1 }, errors } }).message).toEqual({
        type: 'next',
        id: '1',
        payload: { data: { a: 1 }, errors: [BROKEN] },
      });
    }
    expect(readJson({ type: 'next', id: '1', payload: { data: { a: 1 }, errors: [] } }).message?.payload).toEqual({
      data: { a: 1 },
    });
  });
});
