import { CORRELATION_HEADER, ConfigurationError, type Runtime } from '@brigade/service-kit/process';
import type { Redis } from 'ioredis';
import { permitsBy } from '../access/permissions.ts';
import type { RouterContext } from '../http/request-context.ts';
import type { RouterMetrics } from '../observe/router-metrics.ts';
import { OperationStore } from '../operations/operation-store.ts';
import { PersistedQueryStore } from '../persisted/persisted-query-store.ts';
import { readSafelist, type Safelist } from '../persisted/safelist.ts';
import { keepPlans } from '../plan/kept-plans.ts';
import { PlanningThread } from '../plan/planning-thread.ts';
import { openRateLimits } from '../rate-limits/open-rate-limits.ts';
import type { Settings } from '../settings/settings.ts';
import { checkResume } from '../subscriptions/check-resume.ts';
import { loadSupergraph, type Supergraph } from '../supergraph/supergraph.ts';
import { SubgraphClients } from '../transport/subgraph-clients.ts';
import { Engine } from './engine.ts';

/** Operations that are planned for a new supergraph before it is taken into use. */
const WARMED = 200;

export interface OpenedEngine {
  readonly engine: Engine;
  /** Absent when clients send no hashes in the place of operations. */
  readonly persisted: PersistedQueryStore | undefined;
  readonly subgraphs: SubgraphClients;
  /** Names of the operations that clients are known to send. */
  readonly knownNames: ReadonlySet<string>;
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
  redis: Redis | undefined,
  supergraphSdl: string,
  metrics: RouterMetrics,
): Promise<OpenedEngine> {
  const { log, tracing, stack } = runtime;
  const { safelist, persisted } = openPersisted(settings, redis);
  const open = (sdl: string, onResumeFaults: (faults: readonly string[]) => void) =>
    openOperations(runtime, settings, safelist, sdl, metrics, onResumeFaults);
  let current = await open(supergraphSdl, (faults) => {
    throw new ConfigurationError('router', faults);
  });
  stack.defer('planner', () => current.planner.close());
  let urls = urlsOf(current.operations.supergraph, settings);
  const strangers = [...Object.keys(settings.supergraph.urls), ...Object.keys(settings.subgraphs.http2)].filter(
    (name) => !urls.has(name),
  );
  if (strangers.length > 0) log.warn({ strangers }, 'settings name subgraphs that the supergraph does not have');
  const subgraphs = new SubgraphClients({
    urls,
    settings: settings.subgraphs,
    tracing,
    metrics,
  });
  stack.defer('subgraphs', () => subgraphs.close());
  const identityHeader = settings.subgraphs.identity?.header;
  const headersOf = ({ signedIdentity, correlationId }: RouterContext): Record<string, string> => ({
    [CORRELATION_HEADER]: correlationId,
    ...(identityHeader && signedIdentity && { [identityHeader]: signedIdentity }),
  });
  const engine = new Engine({
    operations: current.operations,
    persisted,
    subgraphs,
    permits: permitsBy(settings.authorisation),
    rateLimits: openRateLimits(settings, redis, metrics),
    mostCost: settings.limits.cost,
    shareQueries: settings.shareQueries,
    headersOf,
    observer: {
      estimated: (cost) => metrics.operationCost.observe({ kind: 'estimated' }, cost),
      spent: (cost) => metrics.operationCost.observe({ kind: 'actual' }, cost),
      shared: () => metrics.sharedQueries.inc(),
    },
  });
  return {
    engine,
    persisted,
    subgraphs,
    knownNames: safelist?.operationNames ?? new Set(),
    urlOf: (subgraph) => urls.get(subgraph) ?? '',
    headersOf,
    async reload(sdl) {
      const next = await open(sdl, (faults) =>
        log.warn({ faults }, 'subscriptions are served that can not be resumed'),
      );
      const wanted = engine.operations.latest(WARMED);
      // What the new supergraph refuses is refused when it is asked for.
      await Promise.allSettled(
        wanted.map(async ({ source, operationName }) => next.operations.get(source, operationName).executable()),
      );
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

function openPersisted(
  { persistedQueries: { automatic, safelist: folder, ttlSeconds, mostKept }, redis: shared }: Settings,
  redis: Redis | undefined,
): { safelist: Safelist | undefined; persisted: PersistedQueryStore | undefined } {
  const safelist = folder === undefined ? undefined : readSafelist(folder);
  const persisted =
    automatic || safelist
      ? new PersistedQueryStore({ automatic, safelist, redis, keyPrefix: shared?.keyPrefix, ttlSeconds, mostKept })
      : undefined;
  return { safelist, persisted };
}

async function openOperations(
  { log }: Runtime,
  settings: Settings,
  safelist: Safelist | undefined,
  sdl: string,
  metrics: RouterMetrics,
  onResumeFaults: (faults: readonly string[]) => void,
): Promise<{ operations: OperationStore; planner: PlanningThread }> {
  const { planning, persistedQueries } = settings;
  // Reads the supergraph on its thread while it is read here.
  const planner = new PlanningThread({ sdl, timeoutMs: planning.timeoutMs, mostWaiting: planning.mostWaiting });
  try {
    const supergraph = loadSupergraph(sdl);
    const { resume, faults } = checkResume(settings.subscriptions.resume, supergraph);
    if (faults.length > 0) onResumeFaults(faults);
    const operations = new OperationStore({
      supergraph,
      plan:
        planning.folder === undefined
          ? planner.plan
          : keepPlans({
              folder: planning.folder,
              supergraphId: supergraph.id,
              most: planning.mostOperations,
              plan: planner.plan,
              onTrouble: (err) => log.warn({ err }, 'plans could not be kept'),
            }),
      rules: settings,
      safelist:
        safelist && persistedQueries.mode !== 'off' ? { operations: safelist, mode: persistedQueries.mode } : undefined,
      resume,
      mostOperations: planning.mostOperations,
      observer: {
        kept: () => metrics.plans.inc({ source: 'kept' }),
        planned(seconds) {
          metrics.plans.inc({ source: 'planned' });
          metrics.planDuration.observe(seconds);
        },
        failed: (err) => log.error({ err }, 'an operation could not be planned'),
        unlisted: () => metrics.unlistedOperations.inc(),
      },
    });
    return { operations, planner };
  } catch (error) {
    await planner.close();
    throw error;
  }
}
