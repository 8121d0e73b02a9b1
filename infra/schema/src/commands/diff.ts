import {
  apiSchemaOf,
  changesBetween,
  compose,
  judgeContracts,
  movesBetween,
  openHistory,
  readContracts,
  type Change,
  type Weight,
} from '@brigade/schema-registry';
import { readOptions } from '../options.ts';
import { openBaseline } from '../project/baseline.ts';
import { emitContracts } from '../project/contracts.ts';
import { messagesOf } from '../project/folders.ts';
import { readRoverConfig } from '../project/rover-config.ts';
import { runCommand, say } from '../run-command.ts';

const headings: Record<Weight, string> = {
  breaking: 'Breaking',
  dangerous: 'Dangerous: a client may behave otherwise',
  safe: 'Safe',
};

// npm run schema:diff: what changed since the base branch, as a change log in Markdown.
await runCommand(async () => {
  const { project, base, emit } = readOptions();
  await using baseline = await openBaseline(project, base);
  const { served } = await openHistory(baseline.published);
  const { subgraphs } = await readRoverConfig(project);
  const [before, after] = [compose(served), compose(subgraphs)];
  say(`# Schema changes since ${baseline.name}\n`);
  if (!after.ok) {
    say(`The subgraphs do not compose:\n\n${after.errors.map(({ message }) => `- ${message}`).join('\n')}`);
    return false;
  }
  if (!before.ok) {
    say('Nothing that composes was published there: everything is new.');
    return true;
  }
  const changes = await changesBetween(apiSchemaOf(before.supergraphSdl), apiSchemaOf(after.supergraphSdl));
  for (const weight of Object.keys(headings) as Weight[])
    section(
      headings[weight],
      changes.filter((change) => change.weight === weight),
    );
  list('Moved between subgraphs', movesBetween(served, subgraphs));
  const proposed = emit ? emitContracts() : await readContracts(messagesOf(project.published));
  const messages = judgeContracts(await readContracts(messagesOf(baseline.published)), proposed);
  list(
    'Messages',
    messages.filter(({ change }) => change !== 'same').map(({ name, change }) => `\`${name}\` is ${change}`),
  );
  return true;
});

function section(heading: string, changes: readonly Change[]): void {
  list(
    heading,
    changes.map(({ description }) => description),
  );
}

function list(heading: string, items: readonly string[]): void {
  say(`## ${heading}\n\n${items.map((item) => `- ${item}`).join('\n') || 'Nothing.'}\n`);
}
