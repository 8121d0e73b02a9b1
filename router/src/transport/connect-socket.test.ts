import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { testCertificate } from '../../tests/worlds/test-certificate.ts';
import { deadlineIn } from './deadline.ts';
import { openTransport } from './open-transport.ts';
import { RequestHeaders, type SubgraphTransport } from './subgraph-transport.ts';

describe('HTTP/1.1 over TLS', () => {
  let server: Server;
  let transport: SubgraphTransport;
  let connections: boolean[];
  let sockets: Socket[];

  beforeEach(async () => {
    [connections, sockets] = [[], []];
    server = createServer(testCertificate, (req, res) => {
      req.resume().on('end', () => res.end('x'.repeat(100_000)));
    });
    server.on('secureConnection', (socket: TLSSocket) => {
      sockets.push(socket);
      connections.push(socket.isSessionReused());
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const url = new URL(`https://localhost:${(server.address() as AddressInfo).port}/`);
    const limits = { timeoutMs: 30_000, maxBytes: 1_000_000, maxConnections: 10 };
    transport = openTransport({ subgraph: 'menu', url, tls: { ca: testCertificate.cert }, ...limits }, 'never');
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await transport.close();
    await new Promise((closed) => server.close(closed));
  });

  const post = (isIdempotent: boolean) =>
    transport.post({
      body: '{}',
      headers: new RequestHeaders({}),
      deadline: deadlineIn(30_000),
      isIdempotent,
      read: ({ body }) => body.toString(),
    });

  test('a connection for a mutation goes on with the session of the last one', async () => {
    for (let time = 0; time < 3; time += 1) expect(await post(false)).toBe('x'.repeat(100_000));
    expect(connections).toEqual([false, true, true]);
    await post(true);
    expect(connections).toHaveLength(3);
  });
});
