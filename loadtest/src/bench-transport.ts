import { spawn } from 'node:child_process';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { percentile } from './percentile.ts';
import { writeResults } from './results.ts';
import type { Cost } from './transport/cost.ts';
import { httpClients } from './transport/http-clients.ts';

const USAGE = `npm run bench:transport -- [--rounds 3] [--seconds 2] [--clients NAME,NAME] [--write]

The router's HTTP/1.1 client beside undici and node:http, without pipelining: CPU of the client for one request, and how
long it takes, at 1, 10 and 50 connections, with small and large answers, from a Node subgraph that sets TCP_NODELAY and
from one that leaves Nagle's algorithm on; and three requests in one step that are answered after 1, 3 and 5 ms. Clients
have core 0, the subgraph has core 1. Rounds are interleaved; what is printed are medians, and CPU as a multiple of ours.
--write puts the tables into loadtest/RESULTS.md.
`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '2' },
    clients: { type: 'string', default: Object.keys(httpClients).join(',') },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const [SMALL, LARGE] = [500, 90_000];
const script = (name: string) => join(import.meta.dirname, 'transport', name);

interface Scenario {
  readonly about: string;
  readonly loops: number;
  readonly paths: readonly string[];
}

const scenarios: readonly Scenario[] = [
  ...[SMALL, LARGE].flatMap((bytes) =>
    [1, 10, 50].map((loops) => ({
      about: `${bytes === SMALL ? 'small' : 'large'} answers, ${loops} at a time`,
      loops,
      paths: [`/${bytes}/0`],
    })),
  ),
  {
    about: 'three in one step, answered after 1, 3 and 5 ms',
    loops: 1,
    paths: [1, 3, 5].map((ms) => `/${SMALL}/${ms}`),
  },
];

async function main(): Promise<void> {
  if (values.help) return void process.stdout.write(USAGE);
  const names = values.clients.split(',');
  const tables: string[] = [];
  for (const noDelay of [true, false]) {
    const server = spawn('taskset', ['-c', '1', process.execPath, script('server-process.js'), String(noDelay)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [line] = (await once(server.stdout, 'data')) as [Buffer];
      const origin = `http://127.0.0.1:${line.toString().trim()}`;
      for (const scenario of scenarios) {
        const title = `${scenario.about}; the subgraph ${noDelay ? 'sets TCP_NODELAY' : "leaves Nagle's algorithm on"}`;
        tables.push(tableOf(title, await measure(names, origin, scenario)));
        process.stdout.write(`${tables.at(-1)}\n`);
      }
    } finally {
      server.kill();
    }
  }
  if (values.write) writeResults('bench:transport', tables.join('\n'));
}

async function measure(
  names: readonly string[],
  origin: string,
  { loops, paths }: Scenario,
): Promise<ReadonlyMap<string, readonly Cost[]>> {
  const measured = new Map<string, Cost[]>(names.map((name) => [name, []]));
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const [name, costs] of measured) {
      const ms = String(Number(values.seconds) * 1_000);
      const args = [
        '-c',
        '0',
        process.execPath,
        script('client-process.js'),
        name,
        origin,
        String(loops),
        ms,
        ...paths,
      ];
      const { stdout } = await promisify(execFile)('taskset', args);
      costs.push(JSON.parse(stdout) as Cost);
    }
  }
  return measured;
}

function tableOf(title: string, measured: ReadonlyMap<string, readonly Cost[]>): string {
  const median = (costs: readonly Cost[], of: keyof Cost) =>
    percentile(
      costs.map((cost) => cost[of]),
      0.5,
    );
  const [ours = []] = measured.values();
  const rows = [...measured].map(([name, costs]) => {
    const cpu = median(costs, 'cpuUs');
    return [
      name,
      cpu.toFixed(0),
      `${(cpu / median(ours, 'cpuUs')).toFixed(2)}x`,
      median(costs, 'p50').toFixed(2),
      median(costs, 'p99').toFixed(2),
    ];
  });
  const head = ['client', 'CPU us/request', 'of ours', 'p50 ms', 'p99 ms'];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const load = loadavg()
    .map((one) => one.toFixed(1))
    .join(' ');
  return [
    `**${title}**`,
    '',
    line(head),
    line(head.map(() => '---')),
    ...rows.map(line),
    '',
    `load average ${load}`,
    '',
  ].join('\n');
}

await main();
