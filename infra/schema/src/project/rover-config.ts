import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { Subgraph } from '@brigade/schema-registry';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Project } from './folders.ts';

const configSchema = z.looseObject({
  federation_version: z.string().regex(/^=\d+\.\d+\.\d+$/, 'expected an exact version such as =2.14.4'),
  subgraphs: z.record(z.string(), z.object({ routing_url: z.string(), schema: z.object({ file: z.string() }) })),
});

export interface ConfiguredSubgraph extends Subgraph {
  /** The SDL's path from the project's root. */
  readonly file: string;
}

export interface RoverConfig {
  /** Of composition, e.g. `2.14.4`. */
  readonly federationVersion: string;
  readonly subgraphs: readonly ConfiguredSubgraph[];
}

/** rover.yaml does not say what it must; the message names every fault. */
export class BadRoverConfig extends Error {
  override readonly name = 'BadRoverConfig';
}

/**
 * Reads rover.yaml, its variables (`${env.NAME:-default}`) and the SDL files that it names.
 * @throws BadRoverConfig
 */
export async function readRoverConfig({ root, roverConfig }: Project, env = process.env): Promise<RoverConfig> {
  const parsed = configSchema.safeParse(parse(expand(await readFile(roverConfig, 'utf8'), env)));
  if (!parsed.success) throw new BadRoverConfig(`rover.yaml:\n${z.prettifyError(parsed.error)}`);
  const { federation_version: version, subgraphs } = parsed.data;
  const missing: string[] = [];
  const read = Object.entries(subgraphs).map(async ([name, { routing_url: url, schema }]) => {
    const file = relative(root, resolve(root, schema.file));
    const sdl = await readFile(resolve(root, file), 'utf8').catch(() => void missing.push(file));
    return { name, url, file, sdl: sdl ?? '' };
  });
  const config = { federationVersion: version.slice(1), subgraphs: await Promise.all(read) };
  if (missing.length > 0) throw new BadRoverConfig(`rover.yaml names files that are not there: ${missing.join(', ')}`);
  return config;
}

const expand = (text: string, env: NodeJS.ProcessEnv): string =>
  text.replaceAll(/\$\{env\.(\w+)(?::-([^}]*))?\}/g, (_whole, name: string, otherwise = '') => env[name] || otherwise);
