import { parseArgs } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { openBundle } from './kitchen-page/bundle.ts';
import { KitchenPage } from './kitchen-page/kitchen-page.ts';
import { openDiningRoom } from './kitchen-page/open-dining-room.ts';
import { slopePerMinute } from './kitchen-page/slope.ts';
import { writeResults } from './results.ts';
import { routerIsReady } from './router-is-ready.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    pace: { type: 'string', default: '30' },
    port: { type: 'string', default: process.env.BRIGADE_PORT ?? '4000' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const USAGE = `npm run bench:kitchen-page -- [--seconds 60] [--pace 30] [--port 4000] [--write]

Opens the kitchen's page in Chromium, drawn in software, while the running system cooks for virtual guests (--pace, orders
a minute), and prints what the page costs. Start the system so that every device tells of itself ten times a second:
TELEMETRY_INTERVAL_MS=100 npm start. Memory wants ten minutes: --seconds 600.
`;

const HEAP_EVERY_MS = 30_000;
/** Until what is loaded and compiled once is behind. */
const WARM_UP_MS = 15_000;

async function main(): Promise<void> {
  if (values.help) return void process.stdout.write(USAGE);
  const origin = `http://127.0.0.1:${values.port}`;
  if (!(await routerIsReady(origin)))
    throw new Error(`no router is ready on port ${values.port}: run TELEMETRY_INTERVAL_MS=100 npm start first`);
  const close = await openDiningRoom(`${origin}/graphql`, Number(values.pace));
  try {
    const bundle = await openBundle(origin);
    const rows = [...(await measure(origin)), ...bundle];
    const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
    const table = [line(['what', 'measured']), line(['---', '---']), ...rows.map(line)].join('\n');
    process.stdout.write(`${table}\n`);
    if (values.write) writeResults('bench:kitchen-page', table);
  } finally {
    await close();
  }
}

async function measure(origin: string): Promise<[string, string][]> {
  const page = await KitchenPage.open(origin);
  try {
    await delay(WARM_UP_MS);
    const heap = [await page.heap()];
    const before = await page.look();
    const end = before.at + Number(values.seconds) * 1_000;
    while (performance.now() < end) {
      await delay(Math.min(HEAP_EVERY_MS, Math.max(0, end - performance.now())));
      heap.push(await page.heap());
    }
    const after = await page.look();
    const seconds = (after.at - before.at) / 1_000;
    const events = after.events - before.events;
    const perEvent = (part: number) => `${((part / events) * 1_000).toFixed(2)} ms`;
    return [
      ['telemetry events', `${events} in ${seconds.toFixed(0)} s, ${(events / seconds).toFixed(0)}/s`],
      ['React commits', `${((after.commits - before.commits) / seconds).toFixed(2)}/s`],
      ['main thread per event, drawing included', perEvent(after.taskSeconds - before.taskSeconds)],
      ['script per event, drawing included', perEvent(after.scriptSeconds - before.scriptSeconds)],
      ['main thread busy', `${(((after.taskSeconds - before.taskSeconds) / seconds) * 100).toFixed(0)} %`],
      ['frames', `${((after.frames - before.frames) / seconds).toFixed(1)}/s`],
      ['a frame on the main thread', `${after.frameMs.toFixed(1)} ms`],
      ['quality', `${after.quality} of 2`],
      ['heap after collection', heap.map(({ megabytes }) => megabytes.toFixed(1)).join(', ') + ' MB'],
      ['heap grows', `${slopePerMinute(heap).toFixed(2)} MB/min`],
      ['in the second half', `${slopePerMinute(heap.slice(Math.floor(heap.length / 2))).toFixed(2)} MB/min`],
    ];
  } finally {
    await page.close();
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
