import { describe, openHistory, variantOf, type Verdict } from '@brigade/schema-registry';
import { LOCAL_GRAPH, type Options } from '../options.ts';
import { openBaseline } from '../project/baseline.ts';
import { readOperations } from '../project/operations.ts';
import { readRoverConfig, type ConfiguredSubgraph, type RoverConfig } from '../project/rover-config.ts';
import { prepareRover, type Rover, type RoverRun } from '../rover/run-rover.ts';
import { withRegistry } from '../rover/with-registry.ts';
import type { Row } from '../table.ts';
import { checkEmitted, checkSupergraph, checkVersion, transcript } from './check-files.ts';
import { checkRecorded } from './check-recorded.ts';
import { checkSubgraphs } from './check-subgraphs.ts';

export interface Report {
  readonly rows: readonly Row[];
  /** What rover said where there is something to say, and what the changes are. */
  readonly details: string;
}

/** Everything that `npm run schema:check` looks at. */
export async function checkSchema(options: Options): Promise<Report> {
  const { project, emit } = options;
  const config = await readRoverConfig(project);
  const rows = [checkVersion(config), ...(emit ? await checkEmitted(config) : [])];
  const judged = await (options.graphOs ? judgeByGraphOs(options, config) : judgeHere(options, config));
  return { rows: [...rows, ...judged.rows], details: judged.details };
}

/** The registry of this repository: rover asks it, and what does not pass alone may pass together. */
async function judgeHere(options: Options, config: RoverConfig): Promise<Report> {
  const { project, base, graphRef, strict } = options;
  await using baseline = await openBaseline(project, base);
  const current = await openHistory(baseline.published);
  const operations = await readOperations(project.operations);
  const proposed = variantOf(config.subgraphs, new Date().toISOString());
  const local = { variants: { current, proposed }, operations, strict };
  return await withRegistry(project, config, local, async (rover, registry) => {
    const supergraph = await checkSupergraph(project, rover);
    const isNew = current.subgraphs.length === 0;
    const runs = isNew ? [] : await checkSubgraphs(rover, graphRef, config.subgraphs);
    const together = await registry.judge(current, config.subgraphs);
    const published = new Map(current.subgraphs.map(({ name, sdl }) => [name, sdl]));
    const changed = new Set(config.subgraphs.filter(({ name, sdl }) => published.get(name) !== sdl));
    const recorded = await checkRecorded(project, rover);
    const client = together.composes ? await checkClients(rover, `${LOCAL_GRAPH}@proposed`) : undefined;
    const told = config.subgraphs.flatMap((subgraph, index) => {
      const run = runs[index];
      return run && (changed.has(subgraph) || run.code !== 0) ? transcript(run) : [];
    });
    return {
      rows: [
        { what: 'compared with', mark: 'pass', says: `${baseline.name}: ${published.size} subgraphs published` },
        ...supergraph.rows,
        ...(isNew ? [nothingPublished] : alone(config.subgraphs, runs, changed, together)),
        judgement(together),
        ...recorded,
        ...(client?.rows ?? []),
      ],
      details: [supergraph.output, ...told, client?.output ?? '', listChanges(together)].filter(Boolean).join('\n'),
    };
  });
}

/** GraphOS has the last word: whatever fails there, or does not answer, fails here. */
async function judgeByGraphOs({ project, graphRef }: Options, config: RoverConfig): Promise<Report> {
  const rover = await prepareRover({ cwd: project.root, ...config });
  const supergraph = await checkSupergraph(project, rover);
  const published = await rover('subgraph', 'list', graphRef);
  if (published.code !== 0) {
    const silent: Row = { what: 'compared with', mark: 'FAIL', says: `${graphRef}: GraphOS does not say what it has` };
    return { rows: [...supergraph.rows, silent], details: `${supergraph.output}${transcript(published)}` };
  }
  const runs = await checkSubgraphs(rover, graphRef, config.subgraphs);
  const client = await checkClients(rover, graphRef);
  return {
    rows: [
      { what: 'compared with', mark: 'pass', says: `${graphRef} in GraphOS` },
      ...supergraph.rows,
      ...config.subgraphs.map(({ name }, index): Row => {
        const passes = runs[index]?.code === 0;
        return { what: `subgraph check ${name}`, mark: passes ? 'pass' : 'FAIL', says: passes ? '' : 'see above' };
      }),
      ...client.rows,
    ],
    details: [supergraph.output, ...runs.map(transcript), client.output].filter(Boolean).join('\n'),
  };
}

const nothingPublished: Row = {
  what: 'subgraph check',
  mark: 'warn',
  says: 'there is nothing published to compare with',
};

function alone(
  subgraphs: readonly ConfiguredSubgraph[],
  runs: readonly RoverRun[],
  changed: ReadonlySet<ConfiguredSubgraph>,
  together: Verdict,
): Row[] {
  return subgraphs.map((subgraph, index): Row => {
    const what = `subgraph check ${subgraph.name}`;
    if (runs[index]?.code === 0) return { what, mark: 'pass', says: changed.has(subgraph) ? 'changed' : 'no change' };
    if (!together.passes || changed.size < 2) return { what, mark: 'FAIL', says: 'see above' };
    return { what, mark: 'warn', says: 'fails alone and passes together: publish with the others' };
  });
}

function judgement(verdict: Verdict): Row {
  const what = 'changes together';
  if (!verdict.composes) return { what, mark: 'FAIL', says: 'they do not compose' };
  const { changes, operations } = verdict;
  const breaking = changes.filter(({ weight }) => weight === 'breaking').length;
  const says = `changes: ${changes.length}, breaking: ${breaking}; recorded operations looked at: ${operations}`;
  if (!verdict.passes) return { what, mark: 'FAIL', says };
  return { what, mark: breaking > 0 ? 'warn' : 'pass', says };
}

function listChanges(verdict: Verdict): string {
  if (!verdict.composes || verdict.changes.length === 0) return '';
  return `changes that clients see:\n${verdict.changes.map((change) => `  ${change.weight}: ${describe(change)}`).join('\n')}\n`;
}

async function checkClients(rover: Rover, graphRef: string): Promise<{ rows: Row[]; output: string }> {
  const run = await rover('client', 'check', graphRef, '--include', 'schema/operations/**/*.graphql');
  const passes = run.code === 0;
  const what = 'client check';
  return {
    rows: [{ what, mark: passes ? 'pass' : 'FAIL', says: passes ? 'schema/operations' : 'see above' }],
    output: passes ? '' : transcript(run),
  };
}
