import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ProcessEnded, WatchedProcess } from './watched-process.ts';

describe('a watched process', () => {
  let folder: string;
  let ended: ProcessEnded[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'brigade-watched-'));
    ended = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const start = (script: string) =>
    new WatchedProcess(
      {
        name: 'oven',
        command: process.execPath,
        args: ['-e', script],
        env: {},
        cwd: folder,
        logFile: join(folder, 'oven.log'),
      },
      (error) => ended.push(error),
    );

  test('that ends while somebody waits for it fails the wait at once, with its last lines', async () => {
    const oven = start('console.error("port 4021 is taken"); process.exitCode = 3');
    const waiting = oven.until('it is healthy', async () => false, 3_600_000);
    await expect(waiting).rejects.toThrow(ProcessEnded);
    await expect(waiting).rejects.toThrow(/oven ended by itself \(exit code 3\):\nport 4021 is taken/);
    expect(ended).toHaveLength(1);
  });

  test('that ended before fails whoever waits for it afterwards', async () => {
    const oven = start('process.exit(0)');
    await oven.exited;
    await expect(oven.until('it is healthy', async () => true, 3_600_000)).rejects.toThrow('exit code 0');
  });

  test('that is asked to end has not ended by itself', async () => {
    const oven = start('setInterval(() => {}, 1_000)');
    expect(await oven.stop('SIGKILL')).toBeNull();
    expect(await oven.stop()).toBeNull();
    expect(ended).toEqual([]);
  });

  test('that does not become what is awaited says why, with its last lines', async () => {
    const oven = start('console.log("warming up"); setInterval(() => {}, 1_000)');
    const probe = async () => {
      throw new Error('it is answered by grill');
    };
    await expect(oven.until('it is healthy', probe, 0)).rejects.toThrow(/oven: it is healthy .*answered by grill/);
    await oven.stop();
  });

  test('knows its own instance', async () => {
    const oven = start('console.log(process.env.INSTANCE_ID)');
    await oven.exited;
    expect(oven.logTail()).toBe(oven.instance);
  });
});
