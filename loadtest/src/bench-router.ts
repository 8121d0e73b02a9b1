import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { percentile } from './percentile.ts';
import { writeResults } from './results.ts';
import { closedLoop } from './router/closed-loop.ts';
import { brigadeRouter, peers, startOn, type Running } from './router/contenders.ts';
import { operations } from './router/operations.ts';
import { cpuSeconds } from './router/process-cost.ts';
import { openTestBed, root } from './router/test-bed.ts';

const USAGE = `npm run bench:router -- [--rounds 5] [--seconds 3] [--connections 64] [--only A,B] [--before DIR] [--write]

Our router, with everything that it can do switched on, beside @apollo/server + @apollo/gateway as they come, Hive Gateway
(after npm ci --prefix loadtest/peers), node:http that passes everything on to one server, and node:http that answers
always the same. Our router is there twice: each request does its own work, so that what is measured is not how alike
requests are; and, as it comes, with equal queries that are under way together sharing one answer. Each router has core 0 and 64 MB of room for young objects, subgraphs that know their answers and whoever
asks have core 1. Rounds are interleaved, the first is dropped; what is printed are medians. With REDIS_URL our router
counts rate limits there. --before names another checkout that is built: its router is there, too. --write puts the table into loadtest/RESULTS.md.
`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '64' },
    only: { type: 'string', default: Object.keys(operations).join(',') },
    routers: { type: 'string', default: '' },
    before: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

interface Measured {
  /** A second. */
  readonly rate: number;
  /** CPU of the router for one request, microseconds. */
  readonly cpu: number;
  readonly p50: number;
  readonly p99: number;
}

const DEFAULT = '@apollo/server + @apollo/gateway';
const RELAY = 'node:http that passes on';
const FLOOR = 'node:http, no GraphQL';
/** Stands for the port of the server that the relay passes everything on to. */
const BEHIND = 'BEHIND';

async function main(): Promise<void> {
  if (values.help) return void process.stdout.write(USAGE);
  const bed = await openTestBed(join(import.meta.dirname, 'router/subgraphs-process.js'), 1);
  const running: Running[] = [];
  let behind: Running | undefined;
  try {
    const script = (name: string) => join(import.meta.dirname, 'router', name);
    const staticAnswers = join(bed.folder, 'answers.json');
    writeFileSync(staticAnswers, '{}');
    const answering = [process.execPath, script('static-process.js'), staticAnswers, 'PORT'];
    const contenders = [
      { name: DEFAULT, command: [process.execPath, script('apollo-process.js'), bed.plainSupergraph, 'PORT'] },
      brigadeRouter(bed),
      ...(values.before === undefined ? [] : [brigadeRouter(bed, 'Brigade router, before', resolve(values.before))]),
      brigadeRouter({ ...bed, settings: bed.sharingSettings }, 'Brigade router, equal queries shared'),
      ...peers(join(root, 'loadtest/peers'), bed.plainSupergraph),
      { name: RELAY, command: [process.execPath, script('relay-process.js'), BEHIND, 'PORT'] },
      { name: FLOOR, command: answering },
    ].filter(({ name }) => values.routers === '' || values.routers.split(',').some((part) => name.includes(part)));
    const token = await bed.tokenOf('00000000-0000-7000-8000-000000000001');
    const chosen = Object.entries(operations).filter(([name]) => values.only.split(',').includes(name));
    const tables: string[] = [];
    for (const [name, operation] of chosen) {
      const request = requestOf(name, operation, token);
      const measured = new Map<string, Measured[]>();
      const wrong = new Set<string>();
      let expected: unknown;
      let bytes = 0;
      for (const contender of contenders) {
        // It reads the answer that it gives when it starts.
        if (contender.name === RELAY) behind = await startOn(1, { name: RELAY, command: answering });
        const command = contender.command.map((part) => (part === BEHIND ? String(behind?.port) : part));
        const one = await startOn(0, { ...contender, command });
        running.push(one);
        const text = await ask(one.port, operation, name, token);
        if (contender.name === FLOOR) continue;
        const answer = JSON.parse(text) as unknown;
        if (expected === undefined) {
          [expected, bytes] = [answer, text.length];
          writeFileSync(staticAnswers, JSON.stringify({ [name]: text }));
        } else if (!isDeepStrictEqual(answer, expected)) wrong.add(contender.name);
      }
      for (let round = 0; round <= Number(values.rounds); round += 1) {
        for (const one of running) {
          const result = await measure(one, request);
          if (round > 0) measured.set(one.name, [...(measured.get(one.name) ?? []), result]);
        }
      }
      tables.push(tableOf(`${name}: ${operation.about} (${bytes} bytes)`, measured, wrong));
      process.stdout.write(`${tables.at(-1)}\n`);
      await Promise.all([...running.splice(0), ...(behind ? [behind] : [])].map((one) => one.stop()));
      behind = undefined;
    }
    if (values.write) writeResults('bench:router', tables.join('\n'));
  } finally {
    await Promise.all([...running, ...(behind ? [behind] : [])].map((one) => one.stop()));
    bed.close();
  }
}

async function measure({ port, pid }: Running, request: Buffer): Promise<Measured> {
  const before = cpuSeconds(pid);
  const loop = await closedLoop(port, request, {
    connections: Number(values.connections),
    ms: Number(values.seconds) * 1_000,
  });
  if (loop.failures > 0) throw new Error(`${loop.failures} of ${loop.requests} requests failed`);
  const times = Array.from(loop.times);
  return {
    rate: loop.requests / loop.seconds,
    cpu: ((cpuSeconds(pid) - before) / loop.requests) * 1e6,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  };
}

type Operation = (typeof operations)[string];

function headersOf(name: string, token: string): Record<string, string> {
  return { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-operation': name };
}

const bodyOf = ({ query, variables }: Operation): string =>
  JSON.stringify({ query: query.replaceAll(/\s+/g, ' '), variables });

function requestOf(name: string, operation: Operation, token: string): Buffer {
  const body = bodyOf(operation);
  const headers = Object.entries({
    host: '127.0.0.1',
    ...headersOf(name, token),
    'content-length': String(Buffer.byteLength(body)),
  });
  return Buffer.from(
    `POST /graphql HTTP/1.1\r\n${headers.map(([key, value]) => `${key}: ${value}\r\n`).join('')}\r\n${body}`,
  );
}

async function ask(port: number, operation: Operation, name: string, token: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: headersOf(name, token),
    body: bodyOf(operation),
  });
  return response.text();
}

function tableOf(
  title: string,
  measured: ReadonlyMap<string, readonly Measured[]>,
  wrong: ReadonlySet<string>,
): string {
  const median = (name: string, of: keyof Measured) =>
    percentile(
      (measured.get(name) ?? []).map((one) => one[of]),
      0.5,
    );
  const rows = [...measured.keys()].map((name) => {
    const [rate, cpu] = [median(name, 'rate'), median(name, 'cpu')];
    const ratio = (value: number) => (Number.isFinite(value) ? `${value.toFixed(1)}x` : '-');
    return [
      wrong.has(name) ? `${name} (another answer!)` : name,
      rate.toFixed(0),
      ratio(rate / median(DEFAULT, 'rate')),
      cpu.toFixed(0),
      ratio(median(DEFAULT, 'cpu') / cpu),
      median(name, 'p50').toFixed(1),
      median(name, 'p99').toFixed(1),
    ];
  });
  const head = ['router', 'requests/s', 'of default', 'CPU us/request', 'of default', 'p50 ms', 'p99 ms'];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `**${title}**`,
    '',
    line(head),
    line(head.map(() => '---')),
    ...rows.map(line),
    '',
    `load average ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
    '',
  ].join('\n');
}

await main();
