/**
 * Asks a subgraph in closed loops and prints what that cost as JSON. Arguments: the client, origins, how many loops, how
 * long, milliseconds, and the paths that each loop asks for at once.
 */
import { percentile } from '../percentile.ts';
import { httpClients, type HttpClient } from './http-clients.ts';
import type { Cost } from './cost.ts';

const [, , name = '', origin = '', loops = '1', ms = '1000', ...paths] = process.argv;
const BODY = JSON.stringify({ query: `{ dishes(first: 10) { ${'id name description price '.repeat(8)} } }` });

const open = httpClients[name];
if (!open) throw new Error(`there is no client called ${name}`);
/** One for each path. */
const clients = await Promise.all(paths.map(async (path) => open(new URL(path, origin))));
await run(Number(ms) / 4);
process.stdout.write(JSON.stringify(await run(Number(ms))));
process.exit();

async function run(forMs: number): Promise<Cost> {
  const times: number[] = [];
  const cpu = process.cpuUsage();
  const until = performance.now() + forMs;
  await Promise.all(Array.from({ length: Number(loops) }, () => loop(until, times)));
  const { user, system } = process.cpuUsage(cpu);
  times.sort((a, b) => a - b);
  return {
    cpuUs: (user + system) / (times.length * clients.length),
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  };
}

async function loop(until: number, times: number[]): Promise<void> {
  while (performance.now() < until) {
    const started = performance.now();
    await Promise.all(clients.map((client: HttpClient) => client.post(BODY)));
    times.push(performance.now() - started);
  }
}
