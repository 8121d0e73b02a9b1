import { CLIENTS, hasFailed, messages, operations, servers, type PictureEdge } from './draw-edges.ts';
import { named, perSecond, quantile, type Look, type Select } from './rates.ts';
import type { Condition, ToldError } from './scrape-target.ts';
import type { Watched } from './watched.ts';

export interface PictureNode extends Condition {
  readonly id: string;
  readonly name: string;
  readonly kind: 'CLIENTS' | 'ROUTER' | 'SUBGRAPH' | 'BROKER' | 'STORE' | 'DEVICE' | 'PROVIDER';
  readonly perSecond: number | null;
  readonly errorsPerSecond: number | null;
  readonly p95Milliseconds: number | null;
  readonly memoryMegabytes: number | null;
  readonly lastErrors: readonly ToldError[];
}

const unknown = {
  health: 'UNKNOWN',
  reason: null,
  perSecond: null,
  errorsPerSecond: null,
  p95Milliseconds: null,
  memoryMegabytes: null,
  lastErrors: [],
} as const;

/** What runs: the processes as they were looked at, and the servers behind them as the processes see them. */
export function drawNodes(watched: readonly Watched[], edges: readonly PictureEdge[]): PictureNode[] {
  const drawn = watched.map((one) => ofProcess(one, watched));
  const after = (kind: PictureNode['kind']) => drawn.filter((node) => node.kind === kind);
  return [
    { ...unknown, id: CLIENTS, name: 'clients', kind: 'CLIENTS' },
    ...after('ROUTER'),
    ...after('SUBGRAPH'),
    ...(Object.keys(servers) as (keyof typeof servers)[]).flatMap((server) => ofServer(server, watched, edges)),
    ...after('PROVIDER'),
    ...after('DEVICE'),
  ];
}

const both =
  (one: Select, other: Select): Select =>
  (sample) =>
    one(sample) || other(sample);
const worked = both(operations, messages);
const workedBuckets = both(
  named('graphql_operation_duration_seconds_bucket'),
  named('message_processing_duration_seconds_bucket'),
);
const providerCalls = named('payment_provider_duration_seconds_count');
const providerBuckets = named('payment_provider_duration_seconds_bucket');

function ofProcess({ target, looks, condition, errors }: Watched, watched: readonly Watched[]): PictureNode {
  const { id, name, kind } = target;
  // The provider does not count; who calls it does.
  const caller = kind === 'PROVIDER' ? watched.find((one) => one.target.id === 'payments') : undefined;
  const work = caller ? workOf(caller.looks, providerCalls, providerBuckets) : workOf(looks, worked, workedBuckets);
  return { id, name, kind, ...condition, ...work, memoryMegabytes: memoryOf(looks), lastErrors: errors };
}

function workOf(looks: readonly Look[], counted: Select, buckets: Select) {
  const seconds = quantile(looks, buckets, 0.95);
  return {
    perSecond: perSecond(looks, counted),
    errorsPerSecond: perSecond(looks, (sample) => counted(sample) && hasFailed(sample)),
    p95Milliseconds: seconds === null ? null : seconds * 1_000,
  };
}

function memoryOf(looks: readonly Look[]): number | null {
  const isMemory = named('process_resident_memory_bytes');
  const sample = [...(looks.at(-1)?.samples.values() ?? [])].find(isMemory);
  return sample ? sample.value / 1_048_576 : null;
}

/** A server that somebody needs. What it takes is what is counted of the ways to it. */
function ofServer(
  server: keyof typeof servers,
  watched: readonly Watched[],
  edges: readonly PictureEdge[],
): PictureNode[] {
  const reports = watched.flatMap(({ dependencies }) => dependencies[server] ?? []);
  if (reports.length === 0) return [];
  const counted = edges.filter(({ to, isCounted }) => to === servers[server].id && isCounted);
  const sum = (of: (edge: PictureEdge) => number) =>
    counted.length === 0 ? null : counted.reduce((total, one) => total + of(one), 0);
  return [
    {
      ...unknown,
      ...servers[server],
      ...seenBy(server, watched),
      perSecond: sum((one) => one.perSecond),
      errorsPerSecond: sum((one) => one.errorsPerSecond),
    },
  ];
}

/** As those see it that answer: a process that is away says nothing of its servers. */
function seenBy(server: keyof typeof servers, watched: readonly Watched[]): Condition {
  const answering = watched.filter(({ looks, dependencies }) => looks.length > 0 && dependencies[server]);
  const cutOff = answering.filter(({ dependencies }) => dependencies[server]?.status === 'down');
  const [first] = cutOff;
  if (answering.length === 0) return { health: 'UNKNOWN', reason: 'nobody who needs it answers' };
  if (!first) return { health: 'UP', reason: null };
  const reason = `${cutOff.map(({ target }) => target.id).join(', ')}: ${first.dependencies[server]?.error ?? 'down'}`;
  return { health: cutOff.length === answering.length ? 'DOWN' : 'DEGRADED', reason };
}
