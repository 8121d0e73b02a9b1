import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Service } from '@brigade/service-kit';
import { v7 as uuidv7 } from 'uuid';
import { ask, guest, startForTest, testEnvironment, withRole } from '../../service-kit/tests/subgraph-harness.ts';
import { eventually } from '../../service-kit/tests/test-runtime.ts';
import { platform } from '../src/index.ts';

interface Node {
  id: string;
  kind: string;
  health: string;
  reason: string | null;
  perSecond: number | null;
  errorsPerSecond: number | null;
  p95Milliseconds: number | null;
  memoryMegabytes: number | null;
  lastErrors: { at: string; message: string; traceId: string | null; correlationId: string | null }[];
}
interface Edge {
  id: string;
  from: string;
  to: string;
  traffic: string;
  perSecond: number;
  errorsPerSecond: number;
}
interface Told {
  systemMap: { at: string; nodes: Node[]; edges: Edge[] };
}
const MAP = `{ systemMap { at
  nodes { id name kind health reason perSecond errorsPerSecond p95Milliseconds memoryMegabytes
    lastErrors { at message traceId correlationId } }
  edges { id from to traffic perSecond errorsPerSecond } } }`;

/** A process that counts, tells how it is, and can fall silent. */
class Stand {
  readonly #server: Server;
  served = 0;
  failed = 0;
  asked = 0;
  isSilent = false;
  status = 'ready';

  private constructor() {
    this.#server = createServer(({ url }, res) => {
      this.asked += 1;
      if (this.isSilent) return;
      if (url === '/metrics') {
        // Each look sees ten more.
        this.served += 10;
        res.end(
          [
            `graphql_operation_duration_seconds_bucket{le="0.1",outcome="ok"} ${this.served}`,
            `graphql_operation_duration_seconds_bucket{le="+Inf",outcome="ok"} ${this.served}`,
            `graphql_operation_duration_seconds_count{outcome="ok"} ${this.served}`,
            `graphql_operation_duration_seconds_count{outcome="X"} ${this.failed}`,
            'process_resident_memory_bytes 52428800',
          ].join('\n'),
        );
      } else if (url === '/errors') {
        const error = { at: '2026-11-21T10:00:00.000Z', message: 'soup is cold', correlationId: 'c-1' };
        res.end(JSON.stringify({ errors: [error] }));
      } else {
        const dependencies = { redis: { status: this.status === 'ready' ? 'up' : 'down', ms: 1, error: 'refused' } };
        res.end(JSON.stringify({ status: this.status, dependencies }));
      }
    });
  }

  static async open(): Promise<Stand> {
    const stand = new Stand();
    await new Promise<void>((listening) => stand.#server.listen(0, '127.0.0.1', listening));
    return stand;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): Promise<unknown> {
    this.#server.closeAllConnections();
    return new Promise((closed) => this.#server.close(closed));
  }
}

describe('the map of the system, of real servers', () => {
  const env = testEnvironment('platform');
  const staff = withRole(uuidv7(), 'STAFF');
  let orders: Stand;
  let silent: Stand;
  let gone: Stand;
  let itself: Service;
  let service: Service;

  beforeAll(async () => {
    [orders, silent, gone] = await Promise.all([Stand.open(), Stand.open(), Stand.open()]);
    silent.isSilent = true;
    const goneUrl = gone.url;
    await gone.close();
    // A whole subgraph is looked at too: another instance of platform.
    itself = await startForTest(platform, env, 1);
    const target = (id: string, kind: string, url: string) => ({ id, name: id, kind, url });
    service = await startForTest(
      platform,
      {
        ...env,
        SYSTEM_TARGETS: JSON.stringify([
          target('router', 'ROUTER', orders.url),
          target('orders', 'SUBGRAPH', orders.url),
          target('menu', 'SUBGRAPH', silent.url),
          target('payments', 'SUBGRAPH', goneUrl),
          target('platform', 'SUBGRAPH', `http://127.0.0.1:${itself.port}`),
        ]),
      },
      1,
    );
  });
  afterAll(async () => {
    await service.stop();
    await itself.stop();
    await Promise.all([orders.close(), silent.close()]);
  });

  const look = async () => {
    const { data, errors } = await ask<Told>(service, env, staff, MAP);
    expect(errors).toEqual([]);
    const { nodes = [], edges = [] } = data?.systemMap ?? {};
    return {
      node: (id: string) => nodes.find((one) => one.id === id),
      edge: (id: string) => edges.find((one) => one.id === id),
      nodes,
      edges,
    };
  };

  test('while nobody asks nothing is looked at; the first answer has rates already', async () => {
    expect(orders.asked).toBe(0);
    const { node, edge } = await look();
    expect(node('orders')).toMatchObject({ kind: 'SUBGRAPH', health: 'UP', reason: null, memoryMegabytes: 50 });
    expect(node('orders')?.perSecond).toBeGreaterThan(0);
    expect(node('orders')?.errorsPerSecond).toBe(0);
    expect(node('orders')?.p95Milliseconds).toBeCloseTo(95);
    expect(edge('clients>router:REQUESTS')?.perSecond).toBeGreaterThan(0);
  });

  test('who does not answer is down, and says why; nobody waits for it', async () => {
    const { node } = await look();
    expect(node('payments')).toMatchObject({ health: 'DOWN', reason: 'connection refused', perSecond: null });
    await eventually(async () => (await look()).node('menu')?.reason === 'no answer within 1000 ms');
    expect((await look()).node('menu')).toMatchObject({ health: 'DOWN', perSecond: null, memoryMegabytes: null });
  });

  test('a real subgraph tells its memory and its servers, and PostgreSQL its transactions', async () => {
    const map = await eventually(async () => {
      const now = await look();
      return (now.edge('platform>postgres:TRANSACTIONS')?.perSecond ?? 0) > 0 ? now : undefined;
    });
    expect(map.node('platform')).toMatchObject({ health: 'UP', lastErrors: [] });
    expect(map.node('platform')?.memoryMegabytes).toBeGreaterThan(10);
    expect(map.node('postgres')).toMatchObject({ kind: 'STORE', health: 'UP' });
    expect(map.node('rabbitmq')).toMatchObject({ kind: 'BROKER', health: 'UP' });
  });

  test('the last errors of services are told, not those of the router', async () => {
    const { node } = await look();
    expect(node('orders')?.lastErrors).toEqual([
      { at: '2026-11-21T10:00:00.000Z', message: 'soup is cold', traceId: null, correlationId: 'c-1' },
    ]);
    expect(node('router')?.lastErrors).toEqual([]);
  });

  test('a process that began anew never has a negative rate, and one that lacks something says what', async () => {
    orders.served = 0;
    orders.status = 'degraded';
    const { node } = await eventually(async () => {
      const now = await look();
      expect(now.nodes.every(({ perSecond }) => perSecond === null || perSecond >= 0)).toBe(true);
      expect(now.edges.every(({ perSecond, errorsPerSecond }) => perSecond >= 0 && errorsPerSecond >= 0)).toBe(true);
      return now.node('orders')?.health === 'DEGRADED' ? now : undefined;
    });
    expect(node('orders')?.reason).toBe('redis: refused');
    expect(node('redis')).toMatchObject({ health: 'DOWN' });
  });

  test('is for staff; guests and strangers are refused', async () => {
    const { errors } = await ask(service, env, guest(uuidv7()), MAP);
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('is empty where no targets are given, and faulty ones keep platform from starting', async () => {
    const { data } = await ask<Told>(itself, env, staff, MAP);
    expect(data?.systemMap).toMatchObject({ nodes: [], edges: [] });
    for (const targets of ['{', '[{"id":"x"}]', '[{"id":"x","name":"x","kind":"SUBGRAPH","url":"file:///etc"}]'])
      await expect(platform.start({ ...env, SYSTEM_TARGETS: targets })).rejects.toThrow('SYSTEM_TARGETS');
  });
});
