import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createMetrics, createTracing, type Logger } from '@brigade/service-kit/process';
import { labelOperations } from '../observe/operation-labels.ts';
import { createRouterMetrics } from '../observe/router-metrics.ts';
import { observeStages } from '../pipeline/stage-record.ts';
import { settingsSchema } from '../settings/settings.ts';
import { FastLane } from './fast-lane.ts';
import { StreamLane } from './stream-lane.ts';

const levels = ['debug', 'info', 'warn', 'error'] as const;

/** A lane whose engine is never reached, and what it logs. */
function open(lane: 'fast' | 'stream') {
  const logged: (typeof levels)[number][] = [];
  const log = Object.fromEntries(levels.map((level) => [level, () => void logged.push(level)])) as unknown as Logger;
  const metrics = createMetrics('router');
  const tracing = createTracing('router', undefined, []);
  const unreached = () => {
    throw new Error('no request was whole');
  };
  const options = {
    engine: {} as never,
    subscriptions: {} as never,
    identify: unreached,
    handOver: unreached,
    corsHeaders: () => ({}),
    // What a lane masks, it logs.
    formatError: (error: { message: string }) => {
      logged.push('error');
      return error;
    },
    tracing,
    metrics,
    log,
    stages: observeStages(createRouterMetrics(metrics), tracing),
    labels: labelOperations(metrics),
    mostBodyBytes: 100_000,
    settings: settingsSchema.parse({}),
  };
  const handler = lane === 'fast' ? new FastLane(options) : new StreamLane(options);
  return { handler, logged };
}

describe('a client that goes away in the middle of its body', () => {
  let server: Server;
  afterEach(() => new Promise((closed) => server.close(closed)));

  test.each(['fast', 'stream'] as const)('costs the %s lane one debug line', async (lane) => {
    const { handler, logged } = open(lane);
    const closed: Promise<unknown>[] = [];
    server = createServer((req: IncomingMessage, res: ServerResponse) => {
      closed.push(new Promise((done) => res.once('close', done)));
      handler.handle(req, res);
      client.destroy();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.on('error', () => {});
    client.write('POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-length: 1000\r\n\r\n{"query":');
    await new Promise((done) => client.once('close', done));
    while (logged.length === 0) await new Promise((again) => setTimeout(again, 5));
    await Promise.all(closed);
    // What else there is to log is logged by now.
    await new Promise((again) => setImmediate(again));
    expect(logged).toEqual(['debug']);
  });
});
