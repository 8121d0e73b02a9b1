import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { eventually } from './test-runtime.ts';

const fixture = fileURLToPath(new URL('./fixtures/two-services.ts', import.meta.url));
const good = { FIRST_PORT: '1', SECOND_PORT: '2', SECRET: 'x' };

const start = (env: Record<string, string>) => {
  const child: ChildProcess = spawn(process.execPath, ['--conditions=@brigade/source', '--import', 'tsx', fixture], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const run = { child, out: '', err: '', ended: once(child, 'close') as Promise<[number | null, string | null]> };
  child.stdout?.on('data', (chunk) => (run.out += chunk));
  child.stderr?.on('data', (chunk) => (run.err += chunk));
  return run;
};
const lines = (text: string) => text.trim().split('\n');

describe('a process that hosts services', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('stops them in reverse order on %s and exits with 0', async (signal) => {
    const run = start(good);
    await eventually(() => run.out.includes('running'));
    run.child.kill(signal);
    expect(await run.ended).toEqual([0, null]);
    expect(lines(run.out)).toEqual(['first started', 'second started', 'running', 'second stopped', 'first stopped']);
  });

  test('names every fault of every configuration and exits with 2', async () => {
    const run = start({ FIRST_PORT: 'x' });
    expect(await run.ended).toEqual([2, null]);
    expect(run.err).toContain("first can't start, its configuration has 2 fault(s)");
    expect(run.err).toContain("second can't start, its configuration has 2 fault(s)");
    for (const name of ['FIRST_PORT', 'SECOND_PORT', 'SECRET']) expect(run.err).toContain(name);
    expect(run.out).toBe('');
  });

  test('sets FAILPOINTS once for all of them: what is to happen once does not happen once for each', async () => {
    const run = start({ ...good, FAILPOINTS: 'consumer.before-ack=drop*1' });
    await eventually(() => run.out.includes('running'));
    run.child.kill('SIGTERM');
    expect(await run.ended).toEqual([0, null]);
    expect(lines(run.out).filter((line) => line.endsWith('dropped'))).toEqual(['first dropped']);
  });

  test('refuses FAILPOINTS that it can not read, by name, and exits with 2', async () => {
    const run = start({ ...good, FAILPOINTS: 'no.such-point=crash' });
    expect(await run.ended).toEqual([2, null]);
    expect(run.err).toContain(`FAILPOINTS: can't read "no.such-point=crash"`);
  });

  test('stops the others and exits with 1 when one can not start', async () => {
    const run = start({ ...good, FAIL: 'second' });
    expect(await run.ended).toEqual([1, null]);
    expect(lines(run.out)).toEqual(['first started', 'first stopped']);
    expect(run.err).toContain("second can't reach its database");
  });

  test('says a fault that nobody caught, stops its services and exits with 1', async () => {
    const run = start({ ...good, UNCAUGHT: 'yes' });
    expect(await run.ended).toEqual([1, null]);
    expect(run.err).toContain('nobody caught this');
    expect(lines(run.out)).toContain('first stopped');
  });
});
