import { appendFile, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BrokenHistory, openHistory, readHistory } from './history-files.ts';
import type { Publication } from './published-variant.ts';

const published = (subgraph: string, sdl: string, more: Partial<Publication> = {}): Publication => ({
  at: '2026-11-21T12:00:00.000Z',
  who: 'A tester',
  why: 'For a test.',
  subgraph,
  published: { url: `http://${subgraph}`, sdl },
  composes: true,
  ...more,
});

describe('the history of a variant', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'history-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('is read as it was written, and each text is kept once', async () => {
    const variant = await openHistory(folder);
    const all = [published('menu', 'type A'), published('orders', 'type B'), published('menu', 'type B')];
    for (const publication of all) await variant.publish(publication);
    expect(await readHistory(folder)).toEqual(all);
    expect(await readdir(join(folder, 'sdl'))).toHaveLength(2);
    expect((await openHistory(folder)).subgraphs).toEqual([
      { name: 'menu', url: 'http://menu', sdl: 'type B', updatedAt: all[2]?.at },
      { name: 'orders', url: 'http://orders', sdl: 'type B', updatedAt: all[1]?.at },
    ]);
  });

  test('a publication that does not compose is kept, and what composed last stays served', async () => {
    const variant = await openHistory(folder);
    await variant.publish(published('menu', 'type A'));
    await variant.publish(published('menu', 'type Odd', { composes: false }));
    const again = await openHistory(folder);
    expect(again.subgraphs.map(({ sdl }) => sdl)).toEqual(['type Odd']);
    expect(again.served.map(({ sdl }) => sdl)).toEqual(['type A']);
  });

  test('a subgraph that was removed is gone', async () => {
    const variant = await openHistory(folder);
    await variant.publish(published('menu', 'type A'));
    await variant.publish(published('menu', '', { published: undefined }));
    expect((await openHistory(folder)).subgraphs).toEqual([]);
  });

  test('lines and files that were tampered with are all named', async () => {
    const variant = await openHistory(folder);
    await variant.publish(published('menu', 'type A'));
    const [file = ''] = await readdir(join(folder, 'sdl'));
    await writeFile(join(folder, 'sdl', file), 'type Other');
    await appendFile(join(folder, 'history.jsonl'), 'not json\n{"at":"yesterday"}\n');
    const reading = readHistory(folder);
    await expect(reading).rejects.toThrow(BrokenHistory);
    await expect(reading).rejects.toThrow(/jsonl:1: .*not the text[\s\S]*jsonl:2: [\s\S]*jsonl:3: [\s\S]*→ at at/);
    expect(await readFile(join(folder, 'history.jsonl'), 'utf8')).toContain('yesterday');
  });
});
