import { Agent, createServer, request, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { drainable } from './drain-http-server.ts';

const POST = 'POST / HTTP/1.1\r\nhost: here\r\ncontent-length: 2\r\n\r\n{}';

describe('an HTTP server that stops', () => {
  let server: Server;
  let drain: () => Promise<void>;
  let waiting: ServerResponse[];
  let heard: () => void;
  const until = async (enough: () => boolean) => {
    while (!enough()) await new Promise<void>((told) => (heard = told));
  };
  const open = async (options?: Parameters<typeof drainable>[1]) => {
    [waiting, heard] = [[], () => {}];
    server = createServer((req, res) => {
      req.resume().on('end', () => {
        waiting.push(res);
        heard();
      });
    });
    drain = drainable(server, options);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  };
  /** A connection that keeps what it receives, until it ends. */
  const dial = async () => {
    const accepted = new Promise((told) => server.once('connection', told));
    const socket: Socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('error', () => {});
    const ended = new Promise<string>((told) => socket.once('close', () => told(text)));
    await accepted;
    return { socket, ended };
  };
  const agent = new Agent({ keepAlive: true });

  beforeEach(() => open());
  afterEach(() => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
  });

  test('answers a request that comes over a connection which was open when it began, and says that it closes', async () => {
    const { socket, ended } = await dial();
    const stopped = drain();
    socket.write(POST);
    await until(() => waiting.length === 1);
    waiting[0]?.end('done');
    expect(await ended).toMatch(/^HTTP\/1\.1 200 OK\r\nconnection: close\r\n[^]*done/i);
    await stopped;
  });

  test('answers what is under way, and says that it closes', async () => {
    const { socket, ended } = await dial();
    socket.write(POST);
    await until(() => waiting.length === 1);
    const stopped = drain();
    waiting[0]?.end('done');
    expect(await ended).toMatch(/connection: close\r\n[^]*done/i);
    await stopped;
  });

  test('closes connections that are idle at once, and takes no others', async () => {
    const { port } = server.address() as AddressInfo;
    const asked = new Promise((answered) => {
      request({ port, host: '127.0.0.1', agent, method: 'POST' }, (res) => res.resume().on('end', answered)).end('{}');
    });
    await until(() => waiting.length === 1);
    waiting[0]?.end('done');
    await asked;
    await drain();
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });

  test('a connection without a request, and a request without an end, are waited for no longer than allowed', async () => {
    server.close();
    await open({ firstRequestMs: 10, graceMs: 50 });
    const [silent, endless] = [await dial(), await dial()];
    endless.socket.write(POST);
    await until(() => waiting.length === 1);
    await drain();
    expect(await Promise.all([silent.ended, endless.ended])).toEqual(['', '']);
  });
});
