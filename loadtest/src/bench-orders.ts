import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { backlog } from './backlog.ts';
import { LoadGuest, type Placed } from './guest.ts';
import { percentile } from './percentile.ts';
import { guestsAtOnce, steadily } from './phases.ts';
import { routerIsReady } from './router-is-ready.ts';

const { values } = parseArgs({
  options: {
    guests: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '20' },
    think: { type: 'string', default: '1000' },
    pace: { type: 'string', default: '500' },
    port: { type: 'string', default: process.env.BRIGADE_PORT ?? '4000' },
    help: { type: 'boolean', default: false },
  },
});

const usage = `npm run bench:orders -- [--guests 20] [--seconds 20] [--think 1000] [--pace 500] [--port 4000]

Places orders through the router of a running system (npm start) and prints how long placeOrder took and how many orders
were accepted: first with guests who think between orders (--think, ms), then with guests who do not, then at a steady
pace (--pace, orders a minute, for twice the seconds) while the backlog of messages is watched.
`;

const port = Number(values.port);
const url = `http://127.0.0.1:${port}/graphql`;
const metricsUrls = [1, 3, 5, 6, 7, 8].map((offset) => `http://127.0.0.1:${port + offset}/metrics`);

function report(title: string, placed: readonly Placed[], seconds: number): void {
  const accepted = placed.filter(({ order }) => order);
  const times = accepted.map(({ ms }) => ms);
  const refusals = Object.entries(
    Object.groupBy(
      placed.filter(({ refusal }) => refusal),
      ({ refusal = '' }) => refusal,
    ),
  );
  const ms = (share: number) => percentile(times, share).toFixed(0).padStart(5);
  process.stdout.write(
    `${title.padEnd(34)} p50 ${ms(0.5)} ms  p95 ${ms(0.95)} ms  p99 ${ms(0.99)} ms  ` +
      `${Math.round((accepted.length / seconds) * 60)} orders/min accepted  ` +
      `refused ${refusals.map(([code, list]) => `${list?.length} ${code}`).join(', ') || 0}\n`,
  );
}

async function main(): Promise<void> {
  if (values.help) return void process.stdout.write(usage);
  const [count, seconds, think, pace] = [values.guests, values.seconds, values.think, values.pace].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  if (!(await routerIsReady(`http://127.0.0.1:${port}`)))
    throw new Error(
      `no router is ready on port ${port}: run npm start first (KITCHEN_PROFILE=load npm start, to cook it all)`,
    );

  const guests = await Promise.all(Array.from({ length: count }, () => LoadGuest.arrive(url)));
  const dishes = (await guests[0]?.menu()) ?? [];
  if (dishes.length === 0) throw new Error('no dish has enough stock: restart with npm start -- --fresh');
  process.stdout.write(`${count} guests, ${dishes.length} dishes, machine load ${loadavg()[0]?.toFixed(1)}\n`);
  await guestsAtOnce(guests, dishes, 3, 0); // warm-up, not counted, and worked off
  await drain();

  report(`${count} guests, ${think} ms between orders`, await guestsAtOnce(guests, dishes, seconds, think), seconds);
  report(`${count} guests, no pause`, await guestsAtOnce(guests, dishes, seconds, 0), seconds);

  const drained = await drain();
  process.stdout.write(`backlog worked off in ${drained.toFixed(1)} s\n`);
  const samples: number[] = [];
  const placed = await steadily(
    guests,
    dishes,
    pace,
    seconds * 2,
    async () => void samples.push(await backlog(metricsUrls)),
  );
  report(`steadily ${pace} a minute`, placed, seconds * 2);
  process.stdout.write(
    `messages waiting meanwhile: ${samples.join(' ')}; worked off ${(await drain()).toFixed(1)} s after the last order\n`,
  );
  process.stdout.write(`${await cooked(placed)}\n`);
}

/** Whether the kitchen keeps up: how long the last orders take to end, a minute at most. */
async function cooked(placed: readonly Placed[]): Promise<string> {
  const started = performance.now();
  const seconds = () => ((performance.now() - started) / 1_000).toFixed(1);
  const last = placed.flatMap(({ order }) => order ?? []).slice(-20);
  let open = last;
  while (open.length > 0 && performance.now() - started < 60_000) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const statuses = await Promise.all(open.map((order) => order.status()));
    open = open.filter((_order, index) => ['PLACED', 'CONFIRMED', 'PAID', 'COOKING'].includes(statuses[index] ?? ''));
  }
  if (open.length === 0) return `the last ${last.length} orders ended within ${seconds()} s`;
  return `${open.length} of the last ${last.length} orders still wait for the kitchen after ${seconds()} s`;
}

/** Waits until no message waits between the subgraphs, 5 minutes at most; answers the seconds it took. */
async function drain(): Promise<number> {
  const started = performance.now();
  while ((await backlog(metricsUrls)) > 5 && performance.now() - started < 300_000)
    await new Promise((resolve) => setTimeout(resolve, 500));
  return (performance.now() - started) / 1_000;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
