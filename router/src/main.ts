import './keep-young.ts';
import './no-telemetry.ts';
import { parseArgs } from 'node:util';
import { runServices } from '@brigade/service-kit/process';
import { createRouter } from './service.ts';

const USAGE = `npm run router -- --supergraph FILE [--config FILE] [--port N]

Serves a Federation 2 supergraph at /graphql, from subgraphs that answer at their routing URLs.

  --supergraph FILE  the composed supergraph (SDL)
  --config FILE      settings, as settings.schema.json describes them
  --port N           where it listens (4000); 0 for any free port
`;

try {
  const { values } = parseArgs({
    options: {
      supergraph: { type: 'string' },
      config: { type: 'string' },
      port: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) process.stdout.write(USAGE);
  else await runServices([createRouter(values)], process.env);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
  process.exitCode = 2;
}
