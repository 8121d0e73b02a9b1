import { Registry, serveRegistry, variantOf } from '@brigade/schema-registry';
import { transcript } from '../check/check-files.ts';
import { LOCAL_GRAPH, readOptions } from '../options.ts';
import { readRoverConfig } from '../project/rover-config.ts';
import { prepareRover } from '../rover/run-rover.ts';
import { runCommand, say } from '../run-command.ts';
import { failed, table, type Row } from '../table.ts';

// npm run schema:lint: the registry's rules for names, descriptions, deprecations and lists, by way of rover.
await runCommand(async () => {
  const { project } = readOptions();
  const config = await readRoverConfig(project);
  const current = variantOf(config.subgraphs, new Date().toISOString());
  const registry = new Registry({
    graphId: LOCAL_GRAPH,
    variants: new Map([['current', current]]),
    operations: [],
    rules: { strict: false },
  });
  const server = await serveRegistry(registry);
  try {
    const rover = await prepareRover({ cwd: project.root, registryUrl: server.url, ...config });
    const rows: Row[] = [];
    for (const { name, file } of config.subgraphs) {
      const run = await rover('subgraph', 'lint', `${LOCAL_GRAPH}@current`, '--name', name, '--schema', file);
      if (run.code !== 0) say(transcript(run));
      rows.push({ what: name, mark: run.code === 0 ? 'pass' : 'FAIL', says: run.code === 0 ? '' : 'see above' });
    }
    say(table(rows));
    return !failed(rows);
  } finally {
    await server.stop();
  }
});
