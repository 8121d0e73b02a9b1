import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ephemeralRange, NoPortBlock, PortBlock } from './port-block.ts';

const blocks: PortBlock[] = [];
const reserve = async () => {
  const block = await PortBlock.reserve();
  blocks.push(block);
  return block;
};
/** All the ports that the block still has. */
async function portsOf(block: PortBlock): Promise<number[]> {
  const ports: number[] = [];
  for (;;) {
    const port = await block.next().catch((error: unknown) => {
      if (error instanceof NoPortBlock) return undefined;
      throw error;
    });
    if (port === undefined) return ports;
    ports.push(port);
  }
}

describe('a block of ports', () => {
  afterEach(() => {
    for (const block of blocks.splice(0)) block.release();
  });

  test('two holders never get the same port, and no port is one that the system gives to connections', async () => {
    const [low, high] = ephemeralRange();
    const given = (await Promise.all([reserve(), reserve(), reserve()].map(async (one) => portsOf(await one)))).flat();
    expect(given.length).toBeGreaterThan(250);
    expect(new Set(given).size).toBe(given.length);
    expect(given.filter((port) => port >= low && port <= high)).toEqual([]);
  });

  test('a port on which somebody listens is passed over', async () => {
    const block = await reserve();
    const first = await block.next();
    const stranger = createServer().listen(first + 1, '127.0.0.1');
    await once(stranger, 'listening');
    expect(await block.next()).toBe(first + 2);
    stranger.close();
  });

  test('a span follows one another, also past a port that is taken', async () => {
    const block = await reserve();
    const first = await block.next();
    const stranger = createServer().listen(first + 3, '127.0.0.1');
    await once(stranger, 'listening');
    expect(await block.span(4)).toBe(first + 4);
    stranger.close();
  });
});
