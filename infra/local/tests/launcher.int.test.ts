import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awaitCondition } from '../src/processes/await-condition.ts';
import { otherBasePort, PORT_SPAN } from '../src/ports.ts';
import { recordProcesses, recordedAlive } from '../src/processes/pids-file.ts';
import { startMark } from '../src/processes/proc.ts';
import { probeTcp } from '../src/servers/probe.ts';
import { PortBlock } from '../src/servers/port-block.ts';
import { Launched, launch, processesOf, smallSystem } from './fixtures/launched.ts';

let dataDir: string;
let launched: Launched[];
let block: PortBlock;

beforeEach(async () => {
  block = await PortBlock.reserve();
  dataDir = mkdtempSync(join(tmpdir(), 'brigade-launcher-'));
  chmodSync(dataDir, 0o711);
  launched = [];
});

afterEach(async () => {
  for (const launcher of launched) if (launcher.child.exitCode === null) await launcher.end('SIGKILL');
  block.release();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
});

function started(launcher: Launched): Launched {
  launched.push(launcher);
  return launcher;
}

const main = (args: string[], env: Record<string, string> = {}) =>
  started(new Launched('../../src/main.ts', args, env));
const isGone = (pid: number) => startMark(pid) === undefined;

describe('the launcher', () => {
  test('given a second start on the same data, refuses it and names the first', async () => {
    const first = started(launch(await smallSystem(block, dataDir, [])));
    await first.prints('SMALL SYSTEM READY');
    const second = main(['start', '--data', dataDir], { BRIGADE_PORT: String(await block.span(PORT_SPAN + 1)) });
    expect(await second.exit()).toBe(1);
    expect(second.output).toContain(`${dataDir} is in use by another launcher (pid ${first.pid}`);
    const [, running, proposed] = /port (\d+)\).*BRIGADE_PORT=(\d+) npm start/s.exec(second.output) ?? [];
    expect(Number(proposed)).toBe(otherBasePort(Number(running)));
    expect(await first.end('SIGTERM')).toMatchObject({ code: 0 });
  });

  test('given a killed launcher, its lock is free again', async () => {
    const system = await smallSystem(block, dataDir, []);
    const first = started(launch(system));
    await first.prints('SMALL SYSTEM READY');
    await first.end('SIGKILL');
    await awaitCondition('free ports', () => recordedAlive(join(dataDir, 'pids.json')).length === 0, {
      withinMs: 5_000,
    });
    await started(launch(system)).prints('SMALL SYSTEM READY');
  });

  test('given no /proc, no setpriv and no flock (macOS), keeps its lock and ends what a killed launcher left', async () => {
    const bin = join(dataDir, 'bin');
    mkdirSync(bin);
    symlinkSync('/usr/bin/ps', join(bin, 'ps'));
    const env = { PATH: bin, NODE_OPTIONS: `--import ${join(import.meta.dirname, 'fixtures/without-proc.mjs')}` };
    const system = await smallSystem(block, dataDir, []);
    const first = started(launch(system, env));
    await first.prints('SMALL SYSTEM READY');
    const second = started(launch(system, env));
    expect(await second.exit()).toBe(1);
    expect(second.output).toContain(`in use by another launcher (pid ${first.pid}`);
    await first.end('SIGKILL');
    const next = started(launch(system, env));
    await next.prints('SMALL SYSTEM READY');
    expect(next.output).toContain('Stopped what a killed launcher had left: service-1, service-2.');
    expect(await next.end('SIGTERM')).toMatchObject({ code: 0 });
  });

  test('given a busy port, names it and its owner before anything is started', async () => {
    const port = await block.span(PORT_SPAN + 1);
    const holder = createServer().listen(port, '127.0.0.1');
    await once(holder, 'listening');
    const launcher = main(['start', '--data', dataDir], { BRIGADE_PORT: String(port) });
    expect(await launcher.exit()).toBe(1);
    expect(launcher.output).toContain(`${port} (router) is held by pid ${process.pid}`);
    expect(recordedAlive(join(dataDir, 'pids.json'))).toEqual([]);
    holder.close();
  });

  test('given several faults of configuration, reports all of them at once', async () => {
    const launcher = main(['start', '--frsh', '--data', dataDir], {
      BRIGADE_PORT: 'high',
      BRIGADE_SERVERS: 'podman',
      POSTGRES_URL: 'mysql://x',
      LOG_LEVEL: 'loud',
    });
    expect(await launcher.exit()).toBe(1);
    for (const name of ['--frsh', 'BRIGADE_PORT', 'BRIGADE_SERVERS', 'POSTGRES_URL', 'LOG_LEVEL']) {
      expect(launcher.output).toContain(`${name}: `);
    }
  });

  test('given kill -9, leaves no process behind, grandchildren included, and starts cleanly again', async () => {
    const system = await smallSystem(block, dataDir, ['redis', 'postgres', 'rabbitmq']);
    const launcher = started(launch(system));
    await launcher.prints('SMALL SYSTEM READY');
    const pids = processesOf(dataDir);
    const names = recordedAlive(join(dataDir, 'pids.json')).map(({ name }) => name);
    expect(names.sort()).toEqual(['epmd', 'postgres', 'rabbitmq', 'redis', 'service-1', 'service-2']);
    expect(pids.length).toBeGreaterThan(names.length); // PostgreSQL's workers, Erlang's helpers
    await launcher.end('SIGKILL');
    await awaitCondition('the end of all', () => pids.every(isGone), { withinMs: 10_000 });

    const next = started(launch(system));
    await next.prints('SMALL SYSTEM READY');
    expect(next.output).not.toContain('CRASHED'); // PostgreSQL takes up where it was killed, at once
  });

  test('given SIGTERM, ends everything in reverse order within 10 s and exits with 0', async () => {
    const system = await smallSystem(block, dataDir, ['redis', 'rabbitmq']);
    const launcher = started(launch(system));
    await launcher.prints('SMALL SYSTEM READY');
    const pids = processesOf(dataDir);
    const { code, tookMs } = await launcher.end('SIGTERM');
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(10_000);
    expect(readFileSync(system.endLog, 'utf8')).toBe('service-2\nservice-1\n');
    expect(pids.filter((pid) => !isGone(pid))).toEqual([]);
  });

  test('given Ctrl-C while it is still starting, ends all the same', async () => {
    const launcher = started(launch(await smallSystem(block, dataDir, ['redis', 'rabbitmq'])));
    await launcher.prints('Redis');
    const pids = processesOf(dataDir);
    expect(await launcher.end('SIGINT')).toMatchObject({ code: 0 });
    expect(pids.filter((pid) => !isGone(pid))).toEqual([]);
  });

  test('given a second start, finds the data of the first', async () => {
    const system = await smallSystem(block, dataDir, ['redis']);
    const redis = (commands: string, enough: RegExp) =>
      probeTcp({ port: system.ports.redis }, `AUTH secret-2\r\n${commands}\r\n`, (text) => enough.test(text));
    const first = started(launch(system));
    await first.prints('SMALL SYSTEM READY');
    await redis('SET dish soup', /\+OK\r\n\+OK/);
    await first.end('SIGTERM');
    await started(launch(system)).prints('SMALL SYSTEM READY');
    expect(await redis('GET dish', /\$4\r\nsoup/)).toContain('soup');
  });

  test('given a process that crashes, says so with its last lines and starts it again', async () => {
    const system = await smallSystem(block, dataDir, []);
    const launcher = started(launch(system));
    await launcher.prints('SMALL SYSTEM READY');
    await fetch(`http://127.0.0.1:${system.servicePorts[0]}/crash`).catch(() => undefined);
    await launcher.prints('service-1 CRASHED (exit code 3)');
    await launcher.prints('service-1 listens');
    await launcher.prints('service-1 serves again');
  });

  test('given orphans of an earlier launcher, stops them, and spares a stranger with a reused pid', async () => {
    const sleeper = () => spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    const orphan = sleeper();
    const stranger = sleeper();
    const file = join(dataDir, 'pids.json');
    recordProcesses(file, [{ name: 'host', pid: orphan.pid! }]);
    const [recorded] = JSON.parse(readFileSync(file, 'utf8')) as object[];
    writeFileSync(file, JSON.stringify([recorded, { name: 'router', pid: stranger.pid, mark: 'another boot/1' }]));
    const launcher = started(launch(await smallSystem(block, dataDir, [])));
    await launcher.prints('SMALL SYSTEM READY');
    expect(launcher.output).toContain('Stopped what a killed launcher had left: host.');
    expect(isGone(orphan.pid!)).toBe(true);
    expect(isGone(stranger.pid!)).toBe(false);
    stranger.kill('SIGKILL');
  });

  test('given data under a folder that is closed to other accounts, PostgreSQL starts all the same', async () => {
    chmodSync(dataDir, 0o700);
    const launcher = started(launch(await smallSystem(block, join(dataDir, 'below'), ['postgres'])));
    await launcher.prints('SMALL SYSTEM READY');
    expect(await launcher.end('SIGTERM')).toMatchObject({ code: 0 });
  });

  test('keeps what is secret from other users', async () => {
    const launcher = started(launch(await smallSystem(block, dataDir, ['redis'])));
    await launcher.prints('SMALL SYSTEM READY');
    for (const file of ['lock', 'pids.json', 'redis/redis.conf', 'logs/service-1.log']) {
      expect(statSync(join(dataDir, file)).mode & 0o077).toBe(0);
    }
  });
});
