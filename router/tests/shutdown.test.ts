import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { composeServices } from '@apollo/composition';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import WebSocket from 'ws';

/** Of each transport. */
const CLIENTS = 4;
const BEFORE = 100;

/** A router process, and a subgraph that takes 30 ms for each mutation and writes down which it executed. */
describe('a router that is told to end', () => {
  const executed: number[] = [];
  const subgraph = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk) => (body += String(chunk)));
    req.on('end', () => {
      const { variables } = JSON.parse(body) as { variables: { number: number } };
      executed.push(variables.number);
      setTimeout(() => res.end(JSON.stringify({ data: { add: variables.number } })), 30);
    });
  });
  beforeAll(() => new Promise<void>((listening) => subgraph.listen(0, '127.0.0.1', listening)));
  afterAll(() => new Promise((closed) => subgraph.close(closed)));

  async function startRouter() {
    const { supergraphSdl = '' } = composeServices([
      {
        name: 'sums',
        typeDefs: parse('type Query { sum: Int } type Mutation { add(number: Int!): Int }'),
        url: `http://127.0.0.1:${(subgraph.address() as AddressInfo).port}/graphql`,
      },
    ]);
    const file = join(mkdtempSync(join(tmpdir(), 'shutdown-')), 'supergraph.graphql');
    writeFileSync(file, supergraphSdl);
    const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
    const child = spawn(
      process.execPath,
      ['--conditions=@brigade/source', '--import', 'tsx', main, '--supergraph', file, '--port', '0'],
      { env: { LOG_LEVEL: 'info' }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    for await (const line of createInterface(child.stdout)) {
      const { port } = JSON.parse(line) as { port?: number };
      if (port !== undefined) return { child, port };
    }
    throw new Error('the router ended before it listened');
  }

  test('answers each mutation that it has executed, and executes none that it does not answer', async () => {
    const { child, port } = await startRouter();
    child.stdout.resume();
    const ended = once(child, 'exit');
    const answered: number[] = [];
    let next = 0;

    /** Sends one mutation after the other, as long as there is somebody who takes connections. */
    async function sendUntilRefused(send: Send): Promise<void> {
      for (;;) {
        next += 1;
        const number = next;
        const answer = await send(number).catch((error: NodeJS.ErrnoException) => ({ code: error.code }));
        if (typeof answer === 'string') {
          expect(answer).toContain(JSON.stringify({ data: { add: number } }));
          answered.push(number);
          if (answered.length === BEFORE) child.kill('SIGTERM');
        } else if (answer.code === 'ECONNREFUSED') return;
      }
    }
    const clients = Array.from({ length: CLIENTS }, () => [
      overHttp(port, {}, String),
      overHttp(port, { 'content-encoding': 'gzip' }, gzipSync),
      overHttp(port, { accept: 'text/event-stream' }, String),
      overSocket(port),
    ]);
    await Promise.all(clients.flat().map(sendUntilRefused));
    expect(await ended).toEqual([0, null]);
    expect(answered.length).toBeGreaterThanOrEqual(BEFORE);
    expect(executed.toSorted((one, other) => one - other)).toEqual(answered.toSorted((one, other) => one - other));
  });
});

type Send = (number: number) => Promise<string>;

const operation = (number: number) =>
  JSON.stringify({ query: 'mutation ($number: Int!) { add(number: $number) }', variables: { number } });

/** Sends over one HTTP connection, as long as it lasts. */
function overHttp(port: number, headers: Record<string, string>, encode: (body: string) => string | Buffer): Send {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const options = { port, host: '127.0.0.1', path: '/graphql', method: 'POST', agent };
  return (number) =>
    new Promise((resolve, reject) => {
      const sent = request({ ...options, headers: { 'content-type': 'application/json', ...headers } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve(text));
        response.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(encode(operation(number)));
    });
}

/** Sends over one WebSocket, as long as it lasts. */
function overSocket(port: number): Send {
  let socket: WebSocket | undefined;
  return async (number) => {
    if (socket?.readyState !== WebSocket.OPEN) {
      socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws');
      await once(socket, 'open');
      socket.send('{"type":"connection_init"}');
      await once(socket, 'message');
    }
    return ask(socket, number);
  };
}

function ask(socket: WebSocket, number: number): Promise<string> {
  const id = String(number);
  return new Promise((resolve, reject) => {
    let next = '';
    const gone = () => reject(new Error('closed'));
    const receive = (data: Buffer) => {
      if (!String(data).includes('"complete"')) next = String(data);
      else {
        socket.off('message', receive).off('close', gone);
        resolve(next);
      }
    };
    socket.on('message', receive).on('close', gone);
    socket.send(JSON.stringify({ id, type: 'subscribe', payload: JSON.parse(operation(number)) as object }));
  });
}
