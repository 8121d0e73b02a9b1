import { describe, expect, test } from '@jest/globals';
import { encode } from '../values/document.ts';
import { crc32c } from './crc32c.ts';
import { encodeReply, parseMessage, ProtocolError, splitMessages } from './messages.ts';

function opMsg(flags: number, sections: Uint8Array[], checksum = false): Buffer {
  const body = Buffer.concat(sections);
  const message = Buffer.alloc(20 + body.length + (checksum ? 4 : 0));
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(42, 4);
  message.writeInt32LE(2013, 12);
  message.writeUInt32LE(flags, 16);
  body.copy(message, 20);
  if (checksum) message.writeUInt32LE(crc32c(message.subarray(0, -4)), message.length - 4);
  return message;
}

const body = (doc: object) => Buffer.concat([Buffer.from([0]), encode({ ...doc })]);

function sequence(name: string, docs: object[]): Buffer {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...docs.map((doc) => encode({ ...doc }))]);
  const header = Buffer.from([1, 0, 0, 0, 0]);
  header.writeInt32LE(content.length + 4, 1);
  return Buffer.concat([header, content]);
}

describe('OP_MSG', () => {
  test('a document sequence becomes a field of the command', () => {
    const message = opMsg(0, [sequence('documents', [{ a: 1 }, { a: 2 }]), body({ insert: 'c', $db: 'd' })]);
    expect(parseMessage(message)).toEqual({
      requestId: 42,
      legacy: false,
      silent: false,
      command: { insert: 'c', $db: 'd', documents: [{ a: 1 }, { a: 2 }] },
    });
  });

  test('moreToCome wants no reply; exhaustAllowed may be ignored; other required bits are refused', () => {
    expect(parseMessage(opMsg(2, [body({ ping: 1 })])).silent).toBe(true);
    expect(parseMessage(opMsg(1 << 16, [body({ ping: 1 })])).silent).toBe(false);
    expect(() => parseMessage(opMsg(4, [body({ ping: 1 })]))).toThrow(ProtocolError);
  });

  test('a checksum is checked', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
    const message = opMsg(1, [body({ ping: 1 })], true);
    expect(parseMessage(message).command).toEqual({ ping: 1 });
    message[message.length - 1]! ^= 1;
    expect(() => parseMessage(message)).toThrow('checksum');
  });

  test('messages are cut out of the stream; absurd lengths are refused', () => {
    const message = opMsg(0, [body({ ping: 1 })]);
    const { messages, rest } = splitMessages(Buffer.concat([message, message, message.subarray(0, 7)]));
    expect(messages).toEqual([message, message]);
    expect(rest).toHaveLength(7);
    expect(() => splitMessages(Buffer.from('GET / HTTP/1.1'))).toThrow(ProtocolError);
  });

  test('a reply can be read back and names its request', () => {
    const reply = encodeReply({ requestId: 42, command: {}, legacy: false, silent: false }, { ok: 1 });
    expect(reply.readInt32LE(8)).toBe(42);
    expect(parseMessage(reply).command).toEqual({ ok: 1 });
  });
});
