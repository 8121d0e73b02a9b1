import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { FailpointError, clearFailpoints, failpoint, parseFailpoints, setFailpoint } from './failpoints.ts';

afterEach(clearFailpoints);

describe('a failpoint', () => {
  test('that nobody set does nothing', async () => {
    setFailpoint('elsewhere', { do: 'fail', message: 'no' });
    await failpoint('here');
  });

  test('fails as often as it was told to, then lets pass', async () => {
    parseFailpoints('store.after-commit=fail:disk full*2');
    await expect(failpoint('store.after-commit')).rejects.toThrow(new FailpointError('store.after-commit: disk full'));
    await expect(failpoint('store.after-commit')).rejects.toThrow(FailpointError);
    await failpoint('store.after-commit');
  });

  test('without a number fails every time', async () => {
    parseFailpoints('a=fail:x; b=fail:y');
    for (const point of ['a', 'b', 'a', 'b']) await expect(failpoint(point)).rejects.toThrow(point);
  });

  test('delays by the milliseconds given', async () => {
    parseFailpoints('slow=delay:60');
    const started = performance.now();
    await failpoint('slow');
    expect(performance.now() - started).toBeGreaterThanOrEqual(55);
  });

  test('crashes the process as kill -9 does: nothing runs after it', async () => {
    const script = `
      const { parseFailpoints, failpoint } = await import(${JSON.stringify(new URL('failpoints.ts', import.meta.url).href)});
      parseFailpoints('die=crash');
      process.on('exit', () => console.log('exit handler'));
      console.log('before');
      await failpoint('die');
      console.log('after');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {},
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    expect({ code, signal, output }).toEqual({ code: null, signal: 'SIGKILL', output: 'before\n' });
  });
});

test.each(['nonsense', 'a=explode', 'a=delay', 'a=delay:soon', 'a=fail:x*often', '=crash'])(
  'FAILPOINTS "%s" is refused by name',
  (text) => {
    expect(() => parseFailpoints(`ok=crash;${text}`)).toThrow(new TypeError(`FAILPOINTS: can't read "${text}"`));
  },
);
