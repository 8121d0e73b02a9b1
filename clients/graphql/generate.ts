// npm run graphql:generate [-- --check]: types and documents of every operation in `operations/`, from the supergraph.
// graphql-codegen with its client preset; its command line brings loaders for Git, GitHub and URLs, and none is needed.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { parse, printSchema } from 'graphql';
import { format, resolveConfig } from 'prettier';

const here = import.meta.dirname;
const SUPERGRAPH = join(here, '../../schema/supergraph.graphql');
const OPERATIONS = join(here, 'operations');
const GENERATED = join(here, 'src/generated/');

const schemaAst = Supergraph.buildForTests(readFileSync(SUPERGRAPH, 'utf8')).apiSchema().toGraphQLJSSchema();
const schema = parse(printSchema(schemaAst));
const documents = readdirSync(OPERATIONS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.graphql'))
  .toSorted()
  .map((file) => {
    const rawSDL = readFileSync(join(OPERATIONS, file), 'utf8');
    return { location: file, rawSDL, document: parse(rawSDL) };
  });

const files = await preset.buildGeneratesSection({
  baseOutputDir: GENERATED,
  schema,
  schemaAst,
  documents,
  presetConfig: { fragmentMasking: false },
  config: {
    useTypeImports: true,
    enumsAsTypes: true,
    skipTypename: true,
    defaultScalarType: 'unknown',
    scalars: { DateTime: 'string' },
    strictScalars: true,
    dedupeFragments: true,
  },
  plugins: [],
  pluginMap: {},
});
mkdirSync(GENERATED, { recursive: true });
const stale: string[] = [];
// What the preset calls `gql.ts` finds documents by their source text; here they are imported by name.
for (const file of files.filter(({ filename }) => filename.endsWith('/graphql.ts'))) {
  const source = await codegen({ ...file, schema, schemaAst });
  const config = await resolveConfig(file.filename);
  const text = await format(source, { ...config, filepath: file.filename });
  if (process.argv.includes('--check')) {
    if (readFileSync(file.filename, 'utf8') !== text) stale.push(file.filename);
  } else {
    writeFileSync(file.filename, text);
  }
}
if (stale.length > 0) {
  process.stderr.write('clients/graphql/src/generated is stale: npm run graphql:generate\n');
  process.exitCode = 1;
} else {
  process.stdout.write(`${documents.length} files of operations, ${files.length > 0 ? 'generated' : 'nothing'}\n`);
}
