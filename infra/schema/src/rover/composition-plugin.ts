import { readFile } from 'node:fs/promises';
import { compose, type Finding, type Subgraph } from '@brigade/schema-registry/composition';
import { parse } from 'yaml';
import { z } from 'zod';

// The program that rover runs to compose: `compose FILE`, the file being rover.yaml with the SDL written out. It answers
// with one JSON object on stdout, in the form that rover's own plugin has: `{Ok}` and 0, or `{Err}` and 1.

const fileSchema = z.looseObject({
  subgraphs: z.record(
    z.string(),
    z.object({ routing_url: z.string().nullish(), schema: z.object({ sdl: z.string() }) }),
  ),
});

const [command, file = ''] = process.argv.slice(2);
if (command !== 'compose') throw new Error(`this program composes; it can't ${command}`);
const { subgraphs } = fileSchema.parse(parse(await readFile(file, 'utf8')));
const result = compose(
  Object.entries(subgraphs).map(([name, { routing_url: url, schema }]): Subgraph => ({
    name,
    url: url ?? '',
    sdl: schema.sdl,
  })),
);
if (result.ok) {
  const hints = result.hints.map((hint) => ({ ...messageOf(hint), omittedNodesCount: 0 }));
  answer({ Ok: { supergraphSdl: result.supergraphSdl, hints } });
} else {
  const errors = result.errors.map((error) => ({ ...messageOf(error), type: 'composition', omittedNodesCount: 0 }));
  answer({ Err: { build_errors: errors } });
  process.exitCode = 1;
}

function messageOf({ message, code, places }: Finding) {
  const nodes = places.map(({ subgraph = null, start = null, end = null }) => ({ subgraph, source: null, start, end }));
  return { message, code, nodes };
}

function answer(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
