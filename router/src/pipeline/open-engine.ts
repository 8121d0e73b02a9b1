import { CORRELATION_HEADER, type Runtime } from '@brigade/service-kit/process';
import type { RouterContext } from '../http/request-context.ts';
import type { RouterMetrics } from '../observe/router-metrics.ts';
import { OperationStore } from '../operations/operation-store.ts';
import { PlanningThread } from '../plan/planning-thread.ts';
import type { Settings } from '../settings/settings.ts';
import { loadSupergraph, type Supergraph } from '../supergraph/supergraph.ts';
import { SubgraphClients } from '../transport/subgraph-clients.ts';
import { Engine } from './engine.ts';

/** Operations that are planned for a new supergraph before it is taken into use. */
const WARMED = 200;

export interface OpenedEngine {
  readonly engine: Engine;
  readonly subgraphs: SubgraphClients;
  /** Where a subgraph answers now. */
  readonly urlOf: (subgraph: string) => string;
  /** What subgraphs are told of a client's request. */
  readonly headersOf: (context: RouterContext) => Readonly<Record<string, string>>;
  /**
   * Takes another supergraph into use, when what was asked for last has been planned for it.
   * @throws Error when it is none; the old one stays in use then
   */
  readonly reload: (supergraphSdl: string) => Promise<void>;
}

/** Reads the supergraph and opens what executes operations over it; closed with the runtime's stack. */
export async function openEngine(
  runtime: Runtime,
  settings: Settings,
  supergraphSdl: string,
  metrics: RouterMetrics,
): Promise<OpenedEngine> {
  const { log, tracing, stack } = runtime;
  let current = await openOperations(runtime, settings, supergraphSdl, metrics);
  stack.defer('planner', () => current.planner.close());
  let urls = urlsOf(current.operations.supergraph, settings);
  const subgraphs = new SubgraphClients({
    urls,
    timeoutMs: settings.subgraphs.timeoutMs,
    mostBytes: settings.subgraphs.mostResponseBytes,
    tracing,
    metrics,
  });
  stack.defer('subgraphs', () => subgraphs.close());
  const identityHeader = settings.subgraphs.identity?.header;
  const headersOf = ({ signedIdentity, correlationId }: RouterContext): Record<string, string> => ({
    [CORRELATION_HEADER]: correlationId,
    ...(identityHeader && signedIdentity && { [identityHeader]: signedIdentity }),
  });
  const engine = new Engine({ operations: current.operations, subgraphs, headersOf });
  return {
    engine,
    subgraphs,
    urlOf: (subgraph) => urls.get(subgraph) ?? '',
    headersOf,
    async reload(sdl) {
      const next = await openOperations(runtime, settings, sdl, metrics);
      const wanted = engine.operations.latest(WARMED);
      // What the new supergraph refuses is refused when it is asked for.
      await Promise.allSettled(wanted.map(({ source, operationName }) => next.operations.get(source, operationName)));
      const before = current;
      current = next;
      urls = urlsOf(next.operations.supergraph, settings);
      subgraphs.moveTo(urls);
      engine.replace(next.operations);
      before.planner.retire().catch((err: unknown) => log.warn({ err }, 'a planner did not end'));
    },
  };
}

const urlsOf = ({ subgraphs }: Supergraph, settings: Settings): ReadonlyMap<string, string> =>
  new Map([...subgraphs].map(([name, url]) => [name, settings.supergraph.urls[name] ?? url]));

async function openOperations(
  { log }: Runtime,
  settings: Settings,
  sdl: string,
  metrics: RouterMetrics,
): Promise<{ operations: OperationStore; planner: PlanningThread }> {
  const { planning } = settings;
  // Reads the supergraph on its thread while it is read here.
  const planner = new PlanningThread({ sdl, timeoutMs: planning.timeoutMs, mostWaiting: planning.mostWaiting });
  try {
    const operations = new OperationStore({
      supergraph: loadSupergraph(sdl),
      plan: planner.plan,
      rules: settings,
      mostOperations: planning.mostOperations,
      observer: {
        kept: () => metrics.plans.inc({ source: 'kept' }),
        planned(seconds) {
          metrics.plans.inc({ source: 'planned' });
          metrics.planDuration.observe(seconds);
        },
        fellBack(why) {
          metrics.fallbacks.inc();
          log.warn({ why }, 'an operation could not be compiled');
        },
      },
    });
    return { operations, planner };
  } catch (error) {
    await planner.close();
    throw error;
  }
}
