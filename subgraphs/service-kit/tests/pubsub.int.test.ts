import { expect, test } from '@jest/globals';
import { EventBus, createLogger } from '../src/index.ts';
import { eventually, serverUrl, testNamespace } from './test-runtime.ts';

test('what one instance publishes, a subscriber of another hears', async () => {
  const log = createLogger('test', 'silent');
  const prefix = `${testNamespace()}:`;
  const [here, there] = [
    new EventBus(serverUrl('REDIS_URL'), prefix, log),
    new EventBus(serverUrl('REDIS_URL'), prefix, log),
  ];
  const stream = there.subscribe<{ n: number }>('topic');
  let heard: { n: number } | undefined;
  const first = stream.next().then(({ value }) => (heard = value as { n: number }));
  await eventually(async () => {
    await here.publish('topic', { n: 1 });
    return heard;
  });
  expect(await first).toEqual({ n: 1 });
  await stream.return?.();
  await Promise.all([here.close(), there.close()]);
});
