import { closeSync, copyFileSync, existsSync, fsyncSync, ftruncateSync, openSync, fstatSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { decode, type Doc } from '../values/document.ts';
import { HEADER_BYTES } from './log.ts';

export interface Recovered {
  /** Bytes of whole frames. */
  readonly bytes: number;
  /** Bytes cut off behind them; 0 after a clean stop. */
  readonly cut: number;
}

/**
 * Replays a log frame by frame and truncates it at the first frame that is short or fails its checksum.
 * The file as it was found is kept as `<path>.torn`, since a bad frame may also be a bad disk.
 */
export function recover(path: string, apply: (record: Doc) => void): Recovered {
  if (!existsSync(path)) return { bytes: 0, cut: 0 };
  const file = openSync(path, 'r+');
  try {
    const size = fstatSync(file).size;
    let at = 0;
    for (let payload = readFrame(file, at, size); payload; payload = readFrame(file, at, size)) {
      for (const record of recordsIn(payload)) apply(record);
      at += HEADER_BYTES + payload.length;
    }
    if (at < size) {
      copyFileSync(path, `${path}.torn`);
      ftruncateSync(file, at);
      fsyncSync(file);
    }
    return { bytes: at, cut: size - at };
  } finally {
    closeSync(file);
  }
}

function readFrame(file: number, at: number, size: number): Buffer | undefined {
  if (at + HEADER_BYTES > size) return undefined;
  const header = readExactly(file, at, HEADER_BYTES);
  const length = header.readUInt32LE(0);
  // A run of zeroes has a matching checksum but no record: file systems leave it behind after a power cut.
  if (length === 0 || at + HEADER_BYTES + length > size) return undefined;
  const payload = readExactly(file, at + HEADER_BYTES, length);
  return crc32(payload) === header.readUInt32LE(4) ? payload : undefined;
}

function readExactly(file: number, at: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  for (let done = 0; done < length;) {
    const count = readSync(file, buffer, done, length - done, at + done);
    if (count === 0) throw new Error('the log became shorter while it was read');
    done += count;
  }
  return buffer;
}

/** BSON documents carry their own length, so a frame needs no further structure. */
function* recordsIn(payload: Buffer): Generator<Doc> {
  for (let at = 0; at < payload.length;) {
    const length = payload.readInt32LE(at);
    yield decode(payload.subarray(at, at + length));
    at += length;
  }
}
