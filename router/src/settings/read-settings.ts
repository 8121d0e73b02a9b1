import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ConfigurationError, type Environment } from '@brigade/service-kit/process';
import { parseDocument } from 'yaml';
import { settingsSchema, type Settings } from './settings.ts';

/** What the command line says goes before what the file says. */
export interface CommandLine {
  readonly config?: string | undefined;
  readonly supergraph?: string | undefined;
  readonly port?: string | undefined;
}

const VARIABLE = /\$\{env\.([A-Za-z_]\w*)(?::-([^}]*))?\}/g;

/**
 * Reads the settings file, puts the environment's values where it says `${env.NAME}` or `${env.NAME:-default}`, and
 * checks all of it. What is empty then counts as absent.
 * @throws ConfigurationError that names every fault at once
 */
export function readSettings(
  { config, supergraph, port }: CommandLine,
  env: Environment,
): Settings & { supergraph: { file: string } } {
  const faults: string[] = [];
  const given = config === undefined ? {} : fill(parseYaml(config, faults), env, '', faults);
  const parsed = settingsSchema.safeParse(given ?? {});
  for (const { path, message } of parsed.error?.issues ?? []) {
    const place = path.join('.');
    // The variable that is not set has been named already.
    if (!faults.some((fault) => fault.startsWith(`${place}:`))) faults.push(`${place || 'the file'}: ${message}`);
  }
  const listens = port === undefined ? undefined : Number(port);
  if (listens !== undefined && !(Number.isInteger(listens) && listens >= 0 && listens <= 65_535)) {
    faults.push(`--port: expected a port, not ${port}`);
  }
  const file = supergraph === undefined ? fromFolderOf(config, parsed.data?.supergraph.file) : resolve(supergraph);
  if (file === undefined && parsed.success) faults.push('supergraph.file: is not set, and no --supergraph was given');
  if (parsed.data) faults.push(...missingCompanions(parsed.data));
  if (faults.length > 0 || !parsed.success || file === undefined) throw new ConfigurationError('router', faults);
  const { data } = parsed;
  return {
    ...data,
    server: { ...data.server, ...(listens !== undefined && { port: listens }) },
    supergraph: { ...data.supergraph, file },
    sites: data.sites.map(({ path, folder }) => ({ path, folder: resolve(folderOf(config), folder) })),
    persistedQueries: { ...data.persistedQueries, safelist: fromFolderOf(config, data.persistedQueries.safelist) },
  };
}

/** Settings that mean nothing without another. */
function* missingCompanions({ persistedQueries, authentication, redis }: Settings): Iterable<string> {
  if (persistedQueries.mode !== 'off' && persistedQueries.safelist === undefined) {
    yield 'persistedQueries.safelist: is not set, and the mode is not off';
  }
  if (authentication?.revocations && !redis) yield 'redis: is not set, and authentication.revocations needs it';
}

const folderOf = (config: string | undefined): string => (config === undefined ? '.' : dirname(config));

const fromFolderOf = (config: string | undefined, file: string | undefined): string | undefined =>
  file === undefined ? undefined : resolve(folderOf(config), file);

function parseYaml(file: string, faults: string[]): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    faults.push(`${file}: ${(error as Error).message}`);
    return {};
  }
  const document = parseDocument(text);
  for (const { message } of document.errors) faults.push(`${file}: ${message}`);
  return document.errors.length > 0 ? {} : document.toJS();
}

/** A copy with the environment's values in it, without what is empty. */
function fill(value: unknown, env: Environment, place: string, faults: string[]): unknown {
  if (typeof value === 'string') {
    const text = value.replaceAll(VARIABLE, (_all, name: string, otherwise: string | undefined) => {
      const found = env[name] || otherwise;
      if (found === undefined) faults.push(`${place}: the environment variable ${name} is not set`);
      return found ?? '';
    });
    return text === '' ? undefined : text;
  }
  if (Array.isArray(value)) return value.map((one, index) => fill(one, env, `${place}.${index}`, faults));
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const entries = Object.entries(value);
  const filled = entries.flatMap(([key, inner]) => {
    const one = fill(inner, env, place === '' ? key : `${place}.${key}`, faults);
    return one === undefined ? [] : [[key, one]];
  });
  return entries.length > 0 && filled.length === 0 ? undefined : Object.fromEntries(filled);
}
