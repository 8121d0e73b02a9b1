import { faultClasses, chooseClasses } from './faults/classes.ts';
import { everyCell } from './matrix/cells.ts';
import { table, total, type Row } from './report.ts';
import { ChaosRun } from './run-chaos.ts';
import { USAGE, readChaosSettings } from './settings.ts';

const CRASH_MATRIX = {
  name: 'crash-matrix',
  about: 'each subgraph dies at each failpoint, for each message that it handles or publishes there',
};
/** After all of them: it looks at all orders. */
const REBUILD = {
  name: 'rebuild',
  about: 'nothing is broken: read models are built anew from every event, and compared with those that stand there',
};
const say = (line: string) => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const settings = readChaosSettings(process.argv.slice(2));
  if (settings === 'help') {
    say(USAGE);
    say([...faultClasses, CRASH_MATRIX].map(({ name, about }) => `  ${name.padEnd(18)} ${about}`).join('\n'));
    return 0;
  }
  const matrix = settings.only.length === 0 || settings.only.includes(CRASH_MATRIX.name);
  const only = settings.only.filter((name) => name !== CRASH_MATRIX.name);
  const classes = settings.only.length > 0 && only.length === 0 ? [] : chooseClasses(only);
  const { seed, orders, pace, dataDir } = settings;
  say(`chaos with seed ${seed}: ${orders} orders under each of ${classes.length} classes, ${pace} a second`);
  const started = performance.now();
  const run = await ChaosRun.open(settings, say);
  const interrupt = () => void run.close().finally(() => process.exit(130));
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const rows: Row[] = [];
  let found = 0;
  try {
    const sufferings: { name: string; about: string; of: () => ReturnType<ChaosRun['suffer']> }[] = classes.map(
      (fault) => ({ name: fault.name, about: fault.about, of: () => run.suffer(fault) }),
    );
    if (matrix) sufferings.push({ ...CRASH_MATRIX, of: () => run.crash(everyCell()) });
    sufferings.push({ ...REBUILD, of: () => run.rebuild() });
    for (const { name, about, of } of sufferings) {
      say(`  ${name}: ${about}`);
      const { row, violations } = await of();
      rows.push(row);
      found += violations.length;
      for (const { kind, rule, detail, orderId } of violations.slice(0, 20)) {
        say(`    !! ${kind}: ${rule}: ${detail}${orderId ? ` (order ${orderId})` : ''}`);
      }
      if (violations.length > 20) say(`    !! and ${violations.length - 20} more`);
      say(`    ${table([row]).split('\n').join('\n    ')}`);
    }
  } finally {
    await run.close();
  }
  const all = total(rows);
  say(`\n${table([...rows, all])}\n`);
  say(`seed ${seed}, ${((performance.now() - started) / 60_000).toFixed(1)} min, data and logs in ${dataDir}`);
  say(`${all.acknowledged} orders acknowledged, ${all.lost} lost, ${all.doubled} doubled, ${all.wrong} wrong`);
  return found === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
