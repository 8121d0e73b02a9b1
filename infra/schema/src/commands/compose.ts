import { readOptions } from '../options.ts';
import { readRoverConfig } from '../project/rover-config.ts';
import { prepareRover } from '../rover/run-rover.ts';
import { runCommand, say } from '../run-command.ts';

// npm run schema:compose (after schema:emit): rover composes what rover.yaml names into schema/supergraph.graphql.
await runCommand(async () => {
  const { project } = readOptions();
  const config = await readRoverConfig(project);
  const rover = await prepareRover({ cwd: project.root, ...config });
  const run = await rover('supergraph', 'compose', '--config', 'rover.yaml', '--output', project.supergraph);
  if (run.output) say(run.output);
  if (run.code === 0) say(`composed ${config.subgraphs.length} subgraphs into schema/supergraph.graphql`);
  return run.code === 0;
});
