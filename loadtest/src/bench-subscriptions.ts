import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import WebSocket from 'ws';
import { percentile } from './percentile.ts';
import { writeResults } from './results.ts';
import { brigadeRouter, startOn } from './router/contenders.ts';
import { cpuSeconds, residentBytes } from './router/process-cost.ts';
import { openTestBed } from './router/test-bed.ts';

const USAGE = `npm run bench:subscriptions -- [--clients 5000] [--identities 500] [--seconds 15] [--write]

Clients of one router process over WebSocket, ten events a second: first all of one identity on one stream, then each of
its own identity, which makes a stream for each. Prints how long an event took from the subgraph to the clients, CPU of
the router for one delivery, and its memory for one client. The router has core 0; clients and the subgraph core 1.
`;

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '5000' },
    identities: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '15' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const QUERY =
  'subscription Telemetry($id: ID!) { stationTelemetry(stationId: $id) { stationId temperature power doorOpen setPoint kitchenTime at } }';
const DAY_MS = 86_400_000;
const WARM_UP_MS = 3_000;
/** Connections that are opened at a time. */
const AT_ONCE = 100;

async function main(): Promise<void> {
  if (values.help) return void process.stdout.write(USAGE);
  const rows = [
    await measure('one identity, one stream', Number(values.clients), () => 'u0'),
    await measure('a stream for each identity', Number(values.identities), (number) => `u${number}`),
  ];
  const head = ['clients', '', 'deliveries/s', 'p50 ms', 'p99 ms', 'CPU us/delivery', 'CPU of the core', 'KB/client'];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const table = [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
  process.stdout.write(`${table}\n`);
  if (values.write) writeResults('bench:subscriptions', table);
}

async function measure(about: string, clients: number, userOf: (number: number) => string): Promise<string[]> {
  const bed = await openTestBed(join(import.meta.dirname, 'router/telemetry-process.js'), 1);
  const router = await startOn(0, brigadeRouter(bed));
  const sockets: WebSocket[] = [];
  try {
    const lags: number[] = [];
    let counting = false;
    let deliveries = 0;
    const before = residentBytes(router.pid);
    const open = async (number: number): Promise<void> => {
      const socket = await subscribe(router.port, await bed.tokenOf(userOf(number)), (lag) => {
        if (!counting) return;
        deliveries += 1;
        lags.push(lag);
      });
      sockets.push(socket);
    };
    for (let from = 0; from < clients; from += AT_ONCE) {
      await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, clients - from) }, (_none, index) => open(from + index)),
      );
    }
    await delay(WARM_UP_MS);
    const cpu = cpuSeconds(router.pid);
    const started = performance.now();
    counting = true;
    await delay(Number(values.seconds) * 1_000);
    counting = false;
    const seconds = (performance.now() - started) / 1_000;
    const used = cpuSeconds(router.pid) - cpu;
    const memory = residentBytes(router.pid) - before;
    return [
      String(clients),
      about,
      (deliveries / seconds).toFixed(0),
      percentile(lags, 0.5).toFixed(0),
      percentile(lags, 0.99).toFixed(0),
      ((used / deliveries) * 1e6).toFixed(1),
      `${((used / seconds) * 100).toFixed(0)} %`,
      (memory / clients / 1_024).toFixed(1),
    ];
  } finally {
    for (const socket of sockets) socket.terminate();
    await router.stop();
    bed.close();
  }
}

/** @param told of each event: how long ago it left the subgraph, milliseconds */
function subscribe(port: number, token: string, told: (lag: number) => void): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', {
      perMessageDeflate: false,
    });
    socket.once('error', reject);
    socket.once('open', () =>
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })),
    );
    socket.on('message', (data: Buffer) => {
      const text = data.toString('latin1');
      const sent = /"kitchenTime":(\d+)/.exec(text)?.[1];
      if (sent !== undefined) return told((Date.now() % DAY_MS) - Number(sent));
      if (text.includes('connection_ack')) {
        const payload = { query: QUERY, variables: { id: 'oven-1' } };
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
        resolve(socket);
      } else if (text.includes('"error"')) reject(new Error(text));
    });
  });
}

await main();
