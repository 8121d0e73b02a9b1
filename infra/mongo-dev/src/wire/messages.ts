import { decode, encode, type Doc } from '../values/document.ts';
import { crc32c } from './crc32c.ts';

/** Wire protocol of MongoDB: OP_MSG, and OP_QUERY for a driver's very first `ismaster`. All numbers little-endian. */
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER_BYTES = 16;
export const MAX_MESSAGE_BYTES = 48_000_000;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
/** Flag bits 0-15 must be understood by the receiver; 16 and above (exhaustAllowed) may be ignored. */
const REQUIRED_FLAGS = 0xffff;

/** The peer speaks something else; the connection cannot go on. */
export class ProtocolError extends Error {}

export interface Message {
  readonly requestId: number;
  readonly command: Doc;
  /** An OP_QUERY is answered by an OP_REPLY. */
  readonly legacy: boolean;
  /** The client waits for no reply (write concern w: 0). */
  readonly silent: boolean;
}

/** Cuts whole messages off the front of a growing buffer. */
export function splitMessages(buffer: Buffer): { messages: Buffer[]; rest: Buffer } {
  const messages: Buffer[] = [];
  let at = 0;
  while (buffer.length - at >= 4) {
    const length = buffer.readInt32LE(at);
    if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) throw new ProtocolError(`a message of ${length} bytes`);
    if (buffer.length - at < length) break;
    messages.push(buffer.subarray(at, at + length));
    at += length;
  }
  return { messages, rest: buffer.subarray(at) };
}

/** Reads one message. Throws ProtocolError for other opcodes, unknown required flags and a wrong checksum. */
export function parseMessage(message: Buffer): Message {
  const requestId = message.readInt32LE(4);
  const opcode = message.readInt32LE(12);
  if (opcode === OP_QUERY) return { requestId, command: parseQuery(message), legacy: true, silent: false };
  if (opcode !== OP_MSG) throw new ProtocolError(`opcode ${opcode}`);
  const flags = message.readUInt32LE(HEADER_BYTES);
  const unknown = flags & REQUIRED_FLAGS & ~(CHECKSUM_PRESENT | MORE_TO_COME);
  if (unknown) throw new ProtocolError(`OP_MSG flags ${unknown}`);
  let end = message.length;
  if (flags & CHECKSUM_PRESENT) {
    end -= 4;
    if (crc32c(message.subarray(0, end)) !== message.readUInt32LE(end))
      throw new ProtocolError('a wrong OP_MSG checksum');
  }
  return {
    requestId,
    command: parseSections(message.subarray(HEADER_BYTES + 4, end)),
    legacy: false,
    silent: (flags & MORE_TO_COME) !== 0,
  };
}

/** Kind 0 is the command; kind 1 is a sequence of documents that becomes one of its fields. */
function parseSections(body: Buffer): Doc {
  let command: Doc = {};
  const sequences: Doc = {};
  for (let at = 0; at < body.length;) {
    const kind = body[at++];
    const length = body.readInt32LE(at);
    const section = body.subarray(at, at + length);
    if (section.length !== length) throw new ProtocolError('a section longer than its message');
    if (kind === 0) command = decode(section);
    else if (kind === 1) {
      const nameEnd = section.indexOf(0, 4);
      sequences[section.toString('utf8', 4, nameEnd)] = documentsIn(section.subarray(nameEnd + 1));
    } else throw new ProtocolError(`OP_MSG section kind ${kind}`);
    at += length;
  }
  return { ...command, ...sequences };
}

function documentsIn(bytes: Buffer): Doc[] {
  const docs: Doc[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readInt32LE(at)) {
    const length = bytes.readInt32LE(at);
    if (length < 5) throw new ProtocolError(`a document of ${length} bytes`);
    docs.push(decode(bytes.subarray(at, at + length)));
  }
  return docs;
}

/** flags, collection name, skip, limit, then the command. */
function parseQuery(message: Buffer): Doc {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4);
  const namespace = message.toString('utf8', HEADER_BYTES + 4, nameEnd);
  const query = decode(message.subarray(nameEnd + 9));
  return { ...query, $db: namespace.replace(/\.\$cmd$/, '') };
}

let lastId = 0;

export function encodeReply(to: Message, reply: Doc): Buffer {
  const body = encode(reply);
  const prefix = Buffer.alloc(to.legacy ? 20 : 5);
  // OP_REPLY: flags (8 = AwaitCapable), cursor id, starting from, number returned. OP_MSG: flags, section kind 0.
  if (to.legacy) {
    prefix.writeInt32LE(8, 0);
    prefix.writeInt32LE(1, 16);
  }
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeInt32LE(HEADER_BYTES + prefix.length + body.length, 0);
  header.writeInt32LE((lastId = (lastId + 1) & 0x7fffffff), 4);
  header.writeInt32LE(to.requestId, 8);
  header.writeInt32LE(to.legacy ? OP_REPLY : OP_MSG, 12);
  return Buffer.concat([header, prefix, body]);
}
