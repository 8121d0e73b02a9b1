import { expect, test } from '@jest/globals';
import { createLogger } from '../observe/logger.ts';
import { CloseStack } from './stack.ts';

test('closes the last opened first, goes on after one that fails, and closes each once', async () => {
  const closed: string[] = [];
  const logged: string[] = [];
  const stack = new CloseStack(createLogger('test', 'error', { write: (line) => logged.push(line) }));
  stack.defer('database', () => closed.push('database'));
  stack.defer('broker', () => {
    throw new Error('already gone');
  });
  stack.defer('http', async () => {
    await new Promise((resolve) => setImmediate(resolve));
    closed.push('http');
  });
  await stack.close();
  await stack.close();
  expect(closed).toEqual(['http', 'database']);
  expect(logged.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ step: 'broker', message: 'closing failed' }),
  ]);
});
