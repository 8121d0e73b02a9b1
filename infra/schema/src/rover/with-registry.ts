import { Registry, serveRegistry, type PublishedVariant, type RecordedOperation } from '@brigade/schema-registry';
import { LOCAL_GRAPH } from '../options.ts';
import type { Project } from '../project/folders.ts';
import type { RoverConfig } from '../project/rover-config.ts';
import { prepareRover, type Rover } from './run-rover.ts';

export interface LocalRegistry {
  readonly variants: Readonly<Record<string, PublishedVariant>>;
  readonly operations?: readonly RecordedOperation[];
  readonly strict?: boolean;
}

/** Serves a registry for as long as `work` takes, with a rover that asks it. */
export async function withRegistry<T>(
  { root }: Project,
  config: RoverConfig,
  { variants, operations = [], strict = false }: LocalRegistry,
  work: (rover: Rover, registry: Registry) => Promise<T>,
): Promise<T> {
  const known = new Map(Object.entries(variants));
  const registry = new Registry({ graphId: LOCAL_GRAPH, variants: known, operations, rules: { strict } });
  const server = await serveRegistry(registry);
  try {
    return await work(await prepareRover({ cwd: root, registryUrl: server.url, ...config }), registry);
  } finally {
    await server.stop();
  }
}
