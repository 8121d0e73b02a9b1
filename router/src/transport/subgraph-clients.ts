import { CORRELATION_HEADER, currentTraceparent, type Tracing } from '@brigade/service-kit/process';
import { SpanKind } from '@opentelemetry/api';
import type { CallSubgraph, SubgraphRequest, SubgraphResponse } from '../compile/subgraph-call.ts';
import type { RouterMetrics } from '../observe/router-metrics.ts';
import type { Settings } from '../settings/settings.ts';
import { deadlineIn, type Deadline } from './deadline.ts';
import { isRepeatable } from './repeatable.ts';
import type { HttpResponse } from './response-reader.ts';
import { SharedFetches } from './shared-fetches.ts';
import { SubgraphClient } from './subgraph-client.ts';
import { SubgraphFailure } from './subgraph-failure.ts';
import { SubgraphGuard } from './subgraph-guard.ts';
import { RequestHeaders } from './subgraph-transport.ts';

export interface SubgraphClientsOptions {
  /** Routing URLs by subgraph. */
  readonly urls: ReadonlyMap<string, string>;
  readonly settings: Settings['subgraphs'];
  readonly tracing: Tracing;
  readonly metrics: RouterMetrics;
}

/** What became of one request to a subgraph. */
export interface FetchReport {
  readonly subgraph: string;
  /** Since the system's start of time, milliseconds; only differences mean something. */
  readonly startedMs: number;
  readonly durationMs: number;
  readonly outcome: string;
  /** Of the request. */
  readonly bytes: number;
}

export interface CallOptions {
  /**
   * Whether query fetches may be shared with others of the same identity that are under way. A subgraph then sees the
   * correlation id and the trace of the first one only.
   */
  readonly share?: boolean;
  /** Told of each request when it is over. */
  readonly report?: ((report: FetchReport) => void) | undefined;
}

/** One client request. */
interface Caller extends Pick<CallOptions, 'report'> {
  /** What every subgraph is told of it. */
  readonly headers: RequestHeaders;
  /** What must be the same of those who share a fetch, beside the request; nothing for who shares none. */
  readonly shareKey: string | undefined;
}

interface Subgraph {
  readonly client: SubgraphClient;
  readonly guard: SubgraphGuard;
}

/** The way to every subgraph of a supergraph. */
export class SubgraphClients {
  #subgraphs: ReadonlyMap<string, Subgraph> = new Map();
  readonly #shared = new SharedFetches();
  readonly #options: SubgraphClientsOptions;

  constructor(options: SubgraphClientsOptions) {
    this.#options = options;
    this.moveTo(options.urls);
  }

  /** Asks subgraphs at other addresses from now on; what is under way is finished where it was. */
  moveTo(urls: ReadonlyMap<string, string>): void {
    const before = this.#subgraphs;
    this.#subgraphs = new Map(
      [...urls].map(([name, url]) => {
        const known = before.get(name);
        return [name, known?.client.url === url ? known : this.#open(name, url)];
      }),
    );
    const kept = new Set(this.#subgraphs.values());
    for (const subgraph of before.values()) if (!kept.has(subgraph)) void subgraph.client.close();
  }

  /** Asks on behalf of one client request. */
  callWith(headers: Readonly<Record<string, string>>, options: CallOptions = {}): CallSubgraph {
    const traceparent = currentTraceparent();
    // Where spans are recorded, each request has one of its own.
    const isRecorded = this.#options.tracing.isRecording;
    const caller: Caller = {
      headers: new RequestHeaders(traceparent && !isRecorded ? { ...headers, traceparent } : headers),
      shareKey: options.share ? shareKeyOf(headers) : undefined,
      report: options.report,
    };
    return isRecorded ? (request) => this.#callInSpan(request, caller) : (request) => this.#call(request, caller);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#subgraphs.values()].map(({ client }) => client.close()));
  }

  #open(name: string, url: string): Subgraph {
    const { settings, metrics } = this.#options;
    const { timeoutMs, mostResponseBytes: maxBytes, mostConcurrent: maxConnections } = settings;
    const http2 = Object.hasOwn(settings.http2, name) ? settings.http2[name] : undefined;
    const onState = (now: string) => {
      for (const state of ['closed', 'half-open', 'open']) {
        metrics.breakerState.set({ subgraph: name, state }, state === now ? 1 : 0);
      }
    };
    onState('closed');
    const onRepeat = () => metrics.retries.inc({ subgraph: name });
    return {
      client: new SubgraphClient({ name, url, timeoutMs, maxBytes, maxConnections, http2, onRepeat }),
      guard: new SubgraphGuard({ subgraph: name, ...settings, onState }),
    };
  }

  #callInSpan(request: SubgraphRequest, caller: Caller): Promise<SubgraphResponse> {
    const { subgraph, kind, operationName = '' } = request;
    const attributes = {
      'graphql.operation.type': kind,
      'graphql.operation.name': operationName,
      'subgraph.name': subgraph,
    };
    return this.#options.tracing.span(`fetch ${subgraph}`, { kind: SpanKind.CLIENT, attributes }, () => {
      const traceparent = currentTraceparent();
      const headers = traceparent ? new RequestHeaders({ ...caller.headers.record, traceparent }) : caller.headers;
      return this.#call(request, { ...caller, headers });
    });
  }

  #call(request: SubgraphRequest, caller: Caller): Promise<SubgraphResponse> {
    const { subgraph, kind } = request;
    const known = this.#subgraphs.get(subgraph);
    if (!known) return Promise.reject(new SubgraphFailure(subgraph, 'unreachable', 'it has no routing URL'));
    const deadline = deadlineIn(this.#options.settings.timeoutMs);
    const read = (response: HttpResponse) => known.client.read(request, response);
    if (kind === 'mutation') {
      return this.#measure(request, caller, this.#ask(known, request, caller, deadline, read)).finally(() =>
        this.#shared.invalidate(),
      );
    }
    if (caller.shareKey === undefined) {
      return this.#measure(request, caller, this.#ask(known, request, caller, deadline, read));
    }
    const key = `${known.client.url}\n${caller.shareKey}\n${request.body}`;
    const sharer = { subgraph, deadline, read };
    const joined = this.#shared.join(key, sharer);
    if (joined) {
      this.#options.metrics.sharedFetches.inc({ subgraph });
      return joined;
    }
    const answer = this.#shared.start(key, sharer, (until, readAll) =>
      this.#ask(known, request, caller, until, readAll),
    );
    return this.#measure(request, caller, answer);
  }

  async #measure(
    { subgraph, body }: SubgraphRequest,
    { report }: Caller,
    answer: Promise<SubgraphResponse>,
  ): Promise<SubgraphResponse> {
    const started = performance.now();
    let outcome = 'ok';
    try {
      const response = await answer;
      if (response.errors) outcome = 'errors';
      return response;
    } catch (error) {
      outcome = (error as SubgraphFailure).reason;
      throw error;
    } finally {
      const durationMs = performance.now() - started;
      this.#options.metrics.fetchDuration.observe({ subgraph, outcome }, durationMs / 1_000);
      report?.({ subgraph, startedMs: started, durationMs, outcome, bytes: Buffer.byteLength(body) });
    }
  }

  /** Once more, within the same deadline, when the connection failed and that can do no harm. */
  async #ask<T>(
    { client, guard }: Subgraph,
    request: SubgraphRequest,
    { headers }: Caller,
    deadline: Deadline,
    read: (response: HttpResponse) => T,
  ): Promise<T> {
    const { settings, metrics } = this.#options;
    const ask = () => client.ask(request, headers, deadline, read);
    try {
      return await guard.run(deadline, ask);
    } catch (error) {
      if (!(error instanceof SubgraphFailure) || error.reason !== 'unreachable' || error.wasRepeated) throw error;
      const isHarmless = error.wasNotSent || isRepeatable(request, settings.idempotencyArgument);
      if (!isHarmless || performance.now() >= deadline.at) throw error;
      metrics.retries.inc({ subgraph: request.subgraph });
      return guard.run(deadline, ask);
    }
  }
}

/** What subgraphs are told of who asks, and of nothing else: fetches of different requests of one identity may be shared. */
const shareKeyOf = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .filter(([name]) => name !== CORRELATION_HEADER && name !== 'traceparent')
    .map(([name, value]) => `${name}:${value}`)
    .join('\n');
