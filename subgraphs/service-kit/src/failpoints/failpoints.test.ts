import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { runInWork } from '../observe/context.ts';
import { FailpointError, clearFailpoints, failpoint, parseFailpoints, setFailpoint } from './failpoints.ts';

afterEach(clearFailpoints);

describe('a failpoint', () => {
  test('that nobody set does nothing', async () => {
    setFailpoint('outbox.after-mark', { do: 'fail', message: 'no' });
    expect(await failpoint('store.after-commit')).toBe('go');
  });

  test('fails as often as it was told to, then lets pass', async () => {
    parseFailpoints('store.after-commit=fail:disk full*2');
    await expect(failpoint('store.after-commit')).rejects.toThrow(new FailpointError('store.after-commit: disk full'));
    await expect(failpoint('store.after-commit')).rejects.toThrow(FailpointError);
    await failpoint('store.after-commit');
  });

  test('without a number fails every time', async () => {
    parseFailpoints('consumer.after-effect=fail:x; consumer.before-ack=fail:y');
    for (const point of ['consumer.after-effect', 'consumer.before-ack', 'consumer.after-effect'] as const) {
      await expect(failpoint(point)).rejects.toThrow(point);
    }
  });

  test('delays by the milliseconds given', async () => {
    parseFailpoints('consumer.on-delivery=delay:60');
    const started = performance.now();
    await failpoint('consumer.on-delivery');
    expect(performance.now() - started).toBeGreaterThanOrEqual(55);
  });

  test('says what is to be dropped or doubled', async () => {
    parseFailpoints('consumer.before-ack=drop*1;outbox.before-publish=duplicate*1');
    expect(await failpoint('consumer.before-ack')).toBe('drop');
    expect(await failpoint('consumer.before-ack')).toBe('go');
    expect(await failpoint('outbox.before-publish')).toBe('duplicate');
  });

  test('can be meant for one service and one message: told at the point, or known from the work under way', async () => {
    parseFailpoints('consumer.after-effect@orders/kitchen.order-ready.v1=drop');
    const about = { service: 'orders', message: 'kitchen.order-ready.v1' };
    expect(await failpoint('consumer.after-effect', { ...about, service: 'payments' })).toBe('go');
    expect(await failpoint('consumer.after-effect', { ...about, message: 'kitchen.cooking-started.v1' })).toBe('go');
    expect(await failpoint('consumer.after-effect', about)).toBe('drop');
    const work = { correlationId: 'c', causationId: 'c', consumer: about.service, message: about.message };
    expect(await runInWork(work, () => failpoint('consumer.after-effect'))).toBe('drop');
  });

  test('strikes with the probability that it was given', async () => {
    parseFailpoints('consumer.on-delivery=drop%20');
    const verdicts = await Promise.all(Array.from({ length: 2_000 }, () => failpoint('consumer.on-delivery')));
    const drops = verdicts.filter((verdict) => verdict === 'drop').length;
    expect(drops).toBeGreaterThan(250);
    expect(drops).toBeLessThan(600);
  });

  test('crashes the process as kill -9 does: nothing runs after it', async () => {
    const script = `
      const { parseFailpoints, failpoint } = await import(${JSON.stringify(new URL('failpoints.ts', import.meta.url).href)});
      parseFailpoints('store.after-commit@orders/orders.order-placed.v1=crash');
      process.on('exit', () => console.log('exit handler'));
      console.log('before');
      await failpoint('store.after-commit', { service: 'orders', message: 'orders.order-placed.v1' });
      console.log('after');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {},
    });
    let output = '';
    let lastWords = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (lastWords += chunk));
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    expect({ code, signal, output }).toEqual({ code: null, signal: 'SIGKILL', output: 'before\n' });
    expect(lastWords).toContain('crashing at failpoint store.after-commit@orders/orders.order-placed.v1\n');
  });
});

test.each([
  'nonsense',
  'no.such-point=crash',
  'store.after-commit=explode',
  'store.after-commit=delay',
  'store.after-commit=delay:soon',
  'store.after-commit=fail:x*often',
  '=crash',
])('FAILPOINTS "%s" is refused by name', (text) => {
  expect(() => parseFailpoints(`store.after-commit=drop;${text}`)).toThrow(
    new TypeError(`FAILPOINTS: can't read "${text}"`),
  );
});
