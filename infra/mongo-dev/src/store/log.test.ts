import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode, type Doc } from '../values/document.ts';
import { frame, Log, replaceLog } from './log.ts';
import { recover } from './recovery.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mongo-dev-log-'));
  path = join(folder, 'store.log');
});

afterEach(() => rm(folder, { recursive: true }));

const record = (n: number) => encode({ n, text: 'x'.repeat(n) });

function replay(): { numbers: unknown[]; bytes: number; cut: number } {
  const records: Doc[] = [];
  const result = recover(path, (doc) => records.push(doc));
  return { numbers: records.map(({ n }) => n), ...result };
}

describe('the log', () => {
  test('gives back its records in order, several to a frame', async () => {
    const log = await Log.open(path);
    await Promise.all([log.append([record(1), record(2)]), log.append([record(3)])]);
    await log.close();
    expect(replay()).toMatchObject({ numbers: [1, 2, 3], cut: 0 });
  });

  test('goes on behind what is there', async () => {
    for (const n of [1, 2]) {
      const log = await Log.open(path);
      await log.append([record(n)]);
      await log.close();
    }
    expect(replay().numbers).toEqual([1, 2]);
  });

  test('a file cut at any byte yields exactly the frames that are whole', async () => {
    const frames = [[record(1)], [record(2), record(3)], [record(4)]].map((records) => Buffer.concat(frame(records)));
    const whole = Buffer.concat(frames);
    for (let length = 0; length <= whole.length; length++) {
      await writeFile(path, whole.subarray(0, length));
      const ends = [0, frames[0]!.length, frames[0]!.length + frames[1]!.length, whole.length];
      const count = ends.filter((end) => end > 0 && end <= length).length;
      expect(replay()).toEqual({
        numbers: [[], [1], [1, 2, 3], [1, 2, 3, 4]][count],
        bytes: ends[count],
        cut: length - ends[count]!,
      });
      expect((await stat(path)).size).toBe(ends[count]);
    }
  });

  test('a changed byte anywhere ends the log before its frame, and the file is kept aside', async () => {
    const frames = [Buffer.concat(frame([record(1)])), Buffer.concat(frame([record(2)]))];
    for (let at = frames[0]!.length; at < frames[0]!.length + frames[1]!.length; at++) {
      const bytes = Buffer.concat(frames);
      bytes[at]! ^= 0x40;
      await writeFile(path, bytes);
      expect(replay()).toMatchObject({ numbers: [1], bytes: frames[0]!.length });
      expect(await readFile(`${path}.torn`)).toEqual(bytes);
    }
  });

  test('is replaced whole', async () => {
    await writeFile(path, 'something else');
    await replaceLog(path, [[record(7)], [record(8)]]);
    expect(replay()).toMatchObject({ numbers: [7, 8], cut: 0 });
  });

  test('after a failed write nothing is acknowledged any more', async () => {
    const log = await Log.open(path);
    await log.append([record(1)]);
    await log.close();
    await expect(log.append([record(2)])).rejects.toThrow('cannot be written');
    await expect(log.flushed()).rejects.toThrow('cannot be written');
    await truncate(path, 0);
  });
});
