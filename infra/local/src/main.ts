import { clean } from './clean.ts';
import { doctor } from './doctor.ts';
import { execInSubgraph } from './exec.ts';
import { HELP } from './help.ts';
import { terminalProgress } from './progress.ts';
import { planRestaurant } from './restaurant.ts';
import { runSystem } from './run-system.ts';
import { readSettings } from './settings.ts';
import type { Settings } from './settings.ts';

async function run(settings: Settings): Promise<number> {
  switch (settings.command) {
    case 'start':
    case 'dev':
      await runSystem(planRestaurant(settings), terminalProgress());
      return 0;
    case 'doctor':
      return doctor(settings);
    case 'clean':
      return clean(settings);
    case 'exec':
      return execInSubgraph(settings);
  }
}

try {
  const argv = process.argv.slice(2);
  const wantsHelp = !argv.includes('exec') && (argv.includes('--help') || argv.includes('-h'));
  if (wantsHelp) console.log(HELP);
  process.exitCode = wantsHelp ? 0 : await run(readSettings(argv, process.env));
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
