import { currentTraceparent, type Tracing } from '@brigade/service-kit/process';
import { SpanKind } from '@opentelemetry/api';
import type { CallSubgraph, SubgraphRequest, SubgraphResponse } from '../compile/subgraph-call.ts';
import type { RouterMetrics } from '../observe/router-metrics.ts';
import type { Settings } from '../settings/settings.ts';
import { isRepeatable } from './repeatable.ts';
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

type Report = (report: FetchReport) => void;

interface Subgraph {
  readonly client: SubgraphClient;
  readonly guard: SubgraphGuard;
}

/** The way to every subgraph of a supergraph. */
export class SubgraphClients {
  #subgraphs: ReadonlyMap<string, Subgraph> = new Map();
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

  /**
   * Asks on behalf of one client request.
   * @param headers what every subgraph is told of it
   * @param report told of each request when it is over
   */
  callWith(headers: Readonly<Record<string, string>>, report?: Report): CallSubgraph {
    const traceparent = currentTraceparent();
    // Where spans are recorded, each request has one of its own.
    const isRecorded = this.#options.tracing.isRecording;
    const own = new RequestHeaders(traceparent && !isRecorded ? { ...headers, traceparent } : headers);
    return isRecorded
      ? (request) => this.#callInSpan(request, own, report)
      : (request) => this.#call(request, own, report);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#subgraphs.values()].map(({ client }) => client.close()));
  }

  #open(name: string, url: string): Subgraph {
    const { settings, metrics } = this.#options;
    const { timeoutMs, mostResponseBytes } = settings;
    const onState = (now: string) => {
      for (const state of ['closed', 'half-open', 'open']) {
        metrics.breakerState.set({ subgraph: name, state }, state === now ? 1 : 0);
      }
    };
    onState('closed');
    return {
      client: new SubgraphClient({ name, url, timeoutMs, mostBytes: mostResponseBytes }),
      guard: new SubgraphGuard({ subgraph: name, ...settings, onState }),
    };
  }

  #callInSpan(
    request: SubgraphRequest,
    headers: RequestHeaders,
    report: Report | undefined,
  ): Promise<SubgraphResponse> {
    const { subgraph, kind, operationName = '' } = request;
    const attributes = {
      'graphql.operation.type': kind,
      'graphql.operation.name': operationName,
      'subgraph.name': subgraph,
    };
    return this.#options.tracing.span(`fetch ${subgraph}`, { kind: SpanKind.CLIENT, attributes }, () => {
      const traceparent = currentTraceparent();
      const own = traceparent ? new RequestHeaders({ ...headers.record, traceparent }) : headers;
      return this.#call(request, own, report);
    });
  }

  async #call(
    request: SubgraphRequest,
    headers: RequestHeaders,
    report: Report | undefined,
  ): Promise<SubgraphResponse> {
    const { subgraph } = request;
    const started = performance.now();
    let outcome = 'ok';
    try {
      const response = await this.#ask(request, headers);
      if (response.errors) outcome = 'errors';
      return response;
    } catch (error) {
      outcome = (error as SubgraphFailure).reason;
      throw error;
    } finally {
      const durationMs = performance.now() - started;
      this.#options.metrics.fetchDuration.observe({ subgraph, outcome }, durationMs / 1_000);
      report?.({ subgraph, startedMs: started, durationMs, outcome, bytes: Buffer.byteLength(request.body) });
    }
  }

  /** Once more, within the same deadline, when the connection failed and that can do no harm. */
  async #ask(request: SubgraphRequest, headers: RequestHeaders): Promise<SubgraphResponse> {
    const asked = this.#subgraphs.get(request.subgraph);
    if (!asked) throw new SubgraphFailure(request.subgraph, 'unreachable', 'it has no routing URL');
    const { client, guard } = asked;
    const { settings, metrics } = this.#options;
    const deadline = performance.now() + settings.timeoutMs;
    try {
      return await guard.run(() => client.ask(request, headers));
    } catch (error) {
      const left = Math.floor(deadline - performance.now());
      const isConnection = error instanceof SubgraphFailure && error.reason === 'unreachable';
      if (!isConnection || left < 1 || !isRepeatable(request, settings.idempotencyArgument)) throw error;
      metrics.retries.inc({ subgraph: request.subgraph });
      return guard.run(() => client.ask(request, headers, left));
    }
  }
}
