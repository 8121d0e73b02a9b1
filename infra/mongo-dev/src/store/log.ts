import { constants } from 'node:fs';
import { open, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';

/** Frame header: payload length and CRC-32 of the payload, both unsigned 32-bit little-endian. */
export const HEADER_BYTES = 8;

/** One atomic write: a frame holds one or more BSON records back to back and is applied whole or not at all. */
export function frame(records: readonly Uint8Array[]): Uint8Array[] {
  let crc = 0;
  let length = 0;
  for (const record of records) {
    crc = crc32(record, crc);
    length += record.byteLength;
  }
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeUInt32LE(length, 0);
  header.writeUInt32LE(crc, 4);
  return [header, ...records];
}

interface Batch {
  chunks: Uint8Array[];
  readonly done: PromiseWithResolvers<void>;
}

/** An append-only file with group commit: all frames that arrive during one fdatasync share the next. */
export class Log {
  private waiting: Batch | undefined;
  private running: Promise<void> | undefined;
  private current: Promise<void> = Promise.resolve();
  private failure: Error | undefined;
  private readonly file: FileHandle;

  private constructor(file: FileHandle) {
    this.file = file;
  }

  static async open(path: string): Promise<Log> {
    const log = new Log(await open(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT, 0o600));
    await syncFolder(dirname(path));
    return log;
  }

  /** Queues one frame; the promise settles when it is on disk. After a failed write every append fails: the disk is not to be trusted. */
  append(records: readonly Uint8Array[]): Promise<void> {
    if (this.failure) return ignorable(Promise.reject(this.failure));
    if (!this.waiting) {
      this.waiting = { chunks: [], done: Promise.withResolvers() };
      void ignorable(this.waiting.done.promise);
    }
    this.waiting.chunks.push(...frame(records));
    this.current = this.waiting.done.promise;
    this.running ??= this.drain();
    return this.current;
  }

  /** Settles when everything appended so far is on disk. */
  flushed(): Promise<void> {
    return this.failure ? Promise.reject(this.failure) : this.current;
  }

  async close(): Promise<void> {
    await this.running;
    await this.file.close();
  }

  private async drain(): Promise<void> {
    // Let every command of this turn of the event loop join the first batch.
    await new Promise(setImmediate);
    while (this.waiting) {
      const batch = this.waiting;
      this.waiting = undefined;
      try {
        await writeAll(this.file, batch.chunks);
        await this.file.datasync();
        batch.done.resolve();
      } catch (error) {
        this.failure = new Error('the log cannot be written', { cause: error });
        batch.done.reject(this.failure);
        (this.waiting as Batch | undefined)?.done.reject(this.failure);
        this.waiting = undefined;
      }
    }
    this.running = undefined;
  }
}

/** Writes a new log beside the old one and swaps them, so that a crash leaves one whole. */
export async function replaceLog(path: string, frames: Iterable<readonly Uint8Array[]>): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    for (const records of frames) await writeAll(file, frame(records));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  await syncFolder(dirname(path));
}

/** A caller that does not wait for the disk must not turn a failure into an unhandled rejection. */
function ignorable(promise: Promise<void>): Promise<void> {
  promise.catch(() => undefined);
  return promise;
}

async function writeAll(file: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  const whole = Buffer.concat(chunks);
  for (let at = 0; at < whole.length;) at += (await file.write(whole, at, whole.length - at)).bytesWritten;
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
