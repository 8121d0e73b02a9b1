import { variantOf } from '@brigade/schema-registry';
import { transcript } from '../check/check-files.ts';
import { LOCAL_GRAPH, readOptions } from '../options.ts';
import { readRoverConfig } from '../project/rover-config.ts';
import { withRegistry } from '../rover/with-registry.ts';
import { runCommand, say } from '../run-command.ts';
import { failed, table, type Row } from '../table.ts';

// npm run schema:lint: the registry's rules for names, descriptions, deprecations and lists, by way of rover.
await runCommand(async () => {
  const { project } = readOptions();
  const config = await readRoverConfig(project);
  const current = variantOf(config.subgraphs, new Date().toISOString());
  return withRegistry(project, config, { variants: { current } }, async (rover) => {
    const rows: Row[] = [];
    for (const { name, file } of config.subgraphs) {
      const run = await rover('subgraph', 'lint', `${LOCAL_GRAPH}@current`, '--name', name, '--schema', file);
      if (run.code !== 0) say(transcript(run));
      rows.push({ what: name, mark: run.code === 0 ? 'pass' : 'FAIL', says: run.code === 0 ? '' : 'see above' });
    }
    say(table(rows));
    return !failed(rows);
  });
});
