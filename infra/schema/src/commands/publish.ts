import { judgeContracts, openHistory, readContracts, writeContracts, type Subgraph } from '@brigade/schema-registry';
import { checkSchema } from '../check/check-schema.ts';
import { transcript } from '../check/check-files.ts';
import { readOptions, type Options } from '../options.ts';
import { emitContracts } from '../project/contracts.ts';
import { messagesOf } from '../project/folders.ts';
import { readRoverConfig, type ConfiguredSubgraph, type RoverConfig } from '../project/rover-config.ts';
import { prepareRover, type Rover } from '../rover/run-rover.ts';
import { withRegistry } from '../rover/with-registry.ts';
import { runCommand, say } from '../run-command.ts';
import { failed, table } from '../table.ts';

// npm run schema:publish [-- --check --why TEXT]: rover publishes every subgraph that changed, and the message contracts
// are kept beside them. With --check all must pass first.
await runCommand(async () => {
  const options = readOptions();
  if (options.check) {
    const { rows, details } = await checkSchema(options);
    if (failed(rows)) {
      say(`${details}\n${table(rows)}\n\nnothing was published`);
      return false;
    }
  }
  const config = await readRoverConfig(options.project);
  return options.graphOs ? publishToGraphOs(options, config) : publishHere(options, config);
});

/** GraphOS checks each again and refuses what would not compose: rover alone would take that for a success. */
async function publishToGraphOs(options: Options, config: RoverConfig): Promise<boolean> {
  const rover = await prepareRover({ cwd: options.project.root, ...config });
  return publish(rover, options, config.subgraphs, ['--check']);
}

async function publishHere(options: Options, config: RoverConfig): Promise<boolean> {
  const { project } = options;
  const current = await openHistory(project.published);
  return withRegistry(project, config, { variants: { current } }, async (rover) => {
    const published = new Map(current.subgraphs.map((subgraph) => [subgraph.name, subgraph]));
    const changed = config.subgraphs.filter((subgraph) => !isSame(published.get(subgraph.name), subgraph));
    let done = await publish(rover, options, changed);
    const gone = [...published.keys()].filter((name) => config.subgraphs.every((subgraph) => subgraph.name !== name));
    for (const name of gone) {
      const run = await rover('subgraph', 'delete', options.graphRef, '--name', name, '--confirm');
      say(transcript(run));
      done &&= run.code === 0;
    }
    const contracts = await publishContracts(options);
    if (!current.composes) say('the published subgraphs do not compose; the last ones that did stay the baseline');
    return done && contracts && current.composes;
  });
}

async function publish(
  rover: Rover,
  { graphRef, why }: Options,
  subgraphs: readonly ConfiguredSubgraph[],
  flags: readonly string[] = [],
): Promise<boolean> {
  let done = true;
  for (const { name, file, url } of subgraphs) {
    const about = ['--name', name, '--schema', file, '--routing-url', url, '--allow-invalid-routing-url'];
    const reason = why === undefined ? [] : ['--changelog-message', why];
    const run = await rover('subgraph', 'publish', graphRef, ...about, ...reason, ...flags);
    say(transcript(run));
    done &&= run.code === 0;
  }
  if (subgraphs.length === 0) say('nothing changed since it was published');
  return done;
}

/** Keeps what may stand; a contract that was changed is not overwritten. */
async function publishContracts({ project, emit }: Options): Promise<boolean> {
  if (!emit) return true;
  const folder = messagesOf(project.published);
  const contracts = emitContracts();
  const faulty = judgeContracts(await readContracts(folder), contracts).filter(({ faults }) => faults.length > 0);
  if (faulty.length === 0) await writeContracts(folder, contracts);
  else
    say(
      `message contracts are not published, see npm run messages:check: ${faulty.map(({ name }) => name).join(', ')}`,
    );
  return faulty.length === 0;
}

function isSame(one: Subgraph | undefined, other: Subgraph): boolean {
  return one?.sdl === other.sdl && one.url === other.url;
}
