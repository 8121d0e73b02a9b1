// npm run graphql:generate [-- --check]: types and documents of every operation in `operations/`, from the supergraph,
// and the manifest of what clients send.
// graphql-codegen with its client preset; its command line brings loaders for Git, GitHub and URLs, and none is needed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { InMemoryCache } from '@apollo/client';
import { Supergraph } from '@apollo/federation-internals';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { Kind, parse, print, printSchema, type DocumentNode } from 'graphql';
import { format, resolveConfig } from 'prettier';

const here = import.meta.dirname;
const ROOT = join(here, '../..');
const SUPERGRAPH = join(ROOT, 'schema/supergraph.graphql');
const MANIFEST = join(ROOT, 'schema/operations/clients.json');
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
const stale: string[] = [];

/** Writes a generated file, or (`--check`) only looks whether it is what it would be. */
async function keep(file: string, source: string): Promise<void> {
  const text = await format(source, { ...(await resolveConfig(file)), filepath: file });
  const known = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (known === text) return;
  if (process.argv.includes('--check')) stale.push(relative(ROOT, file));
  else writeFileSync(file, text);
}

mkdirSync(GENERATED, { recursive: true });
// The preset's `gql` module finds documents by their source text; here they are imported by name.
const [file] = files.filter(({ filename }) => filename.endsWith('/graphql.ts'));
if (!file) throw new Error('the preset generates no graphql.ts any more');
await keep(file.filename, await codegen({ ...file, schema, schemaAst }));

// What is sent is not what is written: the client asks for `__typename` everywhere. The router's safelist needs the former.
const generated = (await import(file.filename)) as Record<string, DocumentNode>;
const cache = new InMemoryCache();
const operations = Object.entries(generated)
  .filter(([name]) => name.endsWith('Document'))
  .map(([name, document]) => {
    const body = print(cache.transformDocument(document));
    const { operation } = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION) ?? {};
    return {
      id: createHash('sha256').update(body).digest('hex'),
      name: name.replace(/Document$/, ''),
      type: operation,
      body,
    };
  });
await keep(MANIFEST, JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }));

if (stale.length > 0) process.stderr.write(`stale: ${stale.join(', ')}; npm run graphql:generate\n`);
else process.stdout.write(`${operations.length} operations\n`);
process.exitCode = stale.length > 0 ? 1 : 0;
