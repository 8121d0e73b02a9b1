import { runServices } from '@brigade/service-kit';
import { runCommand } from './commands.ts';
import { selectDefinitions } from './definitions.ts';

const [command = 'serve', ...args] = process.argv.slice(2);

if (command === 'serve') await runServices(selectDefinitions(process.env.SUBGRAPHS), process.env);
else process.exitCode = await runCommand(selectDefinitions(process.env.SUBGRAPHS), command, args, process.env);
