import { afterEach, expect, test } from '@jest/globals';
import { EventBus, createLogger } from '../src/index.ts';
import { CuttableProxy } from './cuttable-proxy.ts';
import { eventually, serverUrl, testNamespace } from './test-runtime.ts';

const log = createLogger('test', 'silent');
const open: { close(): unknown }[] = [];
const busAt = (url: string, prefix: string): EventBus => {
  const bus = new EventBus(url, prefix, log);
  open.push(bus);
  return bus;
};
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

test('what one instance publishes, a subscriber of another hears', async () => {
  const prefix = `${testNamespace()}:`;
  const [here, there] = [busAt(serverUrl('REDIS_URL'), prefix), busAt(serverUrl('REDIS_URL'), prefix)];
  const stream = there.subscribe<{ n: number }>('topic');
  let heard: { n: number } | undefined;
  const first = stream.next().then(({ value }) => (heard = value as { n: number }));
  await eventually(async () => {
    await here.publish('topic', { n: 1 });
    return heard;
  });
  expect(await first).toEqual({ n: 1 });
  await stream.return?.();
});

test('who listens hears from when it is told on, and again when Redis is back, which it is told too', async () => {
  const prefix = `${testNamespace()}:`;
  const proxy = await CuttableProxy.before(serverUrl('REDIS_URL'));
  open.push(proxy);
  const [here, there] = [busAt(serverUrl('REDIS_URL'), prefix), busAt(proxy.url, prefix)];
  const heard: number[] = [];
  let joined = 0;
  there.onJoined(() => (joined += 1));
  const stop = await there.listen<number>('topic', (n) => heard.push(n));
  await here.publish('topic', 1);
  await eventually(() => heard.length === 1);
  await eventually(() => joined === 1);
  proxy.cut();
  await here.publish('topic', 2);
  proxy.restore();
  await eventually(() => joined === 2);
  await here.publish('topic', 3);
  await eventually(() => heard.length === 2);
  expect(heard).toEqual([1, 3]);
  // Two who listen to the same: one that stops does not stop the other.
  const others: number[] = [];
  await there.listen<number>('topic', (n) => others.push(n));
  stop();
  await here.publish('topic', 4);
  await eventually(() => others.length === 1);
  expect([heard, others]).toEqual([[1, 3], [4]]);
});

test('one that never reached Redis closes all the same', async () => {
  const bus = new EventBus('redis://127.0.0.1:1', 'nowhere:', log);
  let heard = 0;
  void bus.listen('topic', () => (heard += 1));
  await bus.close();
  expect(heard).toBe(0);
});
