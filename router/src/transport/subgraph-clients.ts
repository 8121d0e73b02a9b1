import { currentTraceparent, type Tracing } from '@brigade/service-kit/process';
import { SpanKind } from '@opentelemetry/api';
import type { CallSubgraph, SubgraphRequest, SubgraphResponse } from '../compile/subgraph-call.ts';
import type { RouterMetrics } from '../observe/router-metrics.ts';
import { SubgraphClient } from './subgraph-client.ts';
import { SubgraphFailure } from './subgraph-failure.ts';

export interface SubgraphClientsOptions {
  /** Routing URLs by subgraph. */
  readonly urls: ReadonlyMap<string, string>;
  readonly timeoutMs: number;
  readonly mostBytes: number;
  readonly tracing: Tracing;
  readonly metrics: RouterMetrics;
}

/** The way to every subgraph of a supergraph. */
export class SubgraphClients {
  #clients: ReadonlyMap<string, SubgraphClient> = new Map();
  readonly #options: SubgraphClientsOptions;

  constructor(options: SubgraphClientsOptions) {
    this.#options = options;
    this.moveTo(options.urls);
  }

  /** Asks subgraphs at other addresses from now on; what is under way is finished where it was. */
  moveTo(urls: ReadonlyMap<string, string>): void {
    const { timeoutMs, mostBytes } = this.#options;
    const before = this.#clients;
    this.#clients = new Map(
      [...urls].map(([name, url]) => {
        const known = before.get(name);
        return [name, known?.url === url ? known : new SubgraphClient({ name, url, timeoutMs, mostBytes })];
      }),
    );
    const kept = new Set(this.#clients.values());
    for (const client of before.values()) if (!kept.has(client)) void client.close();
  }

  /** Asks on behalf of one client request. @param headers what every subgraph is told of it */
  callWith(headers: Readonly<Record<string, string>>): CallSubgraph {
    return (request) => this.#call(request, headers);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.close()));
  }

  #call(request: SubgraphRequest, headers: Readonly<Record<string, string>>): Promise<SubgraphResponse> {
    const { subgraph, kind, operationName = '' } = request;
    const client = this.#clients.get(subgraph);
    if (!client) throw new SubgraphFailure(subgraph, 'unreachable', 'it has no routing URL');
    const attributes = { 'graphql.operation.type': kind, 'graphql.operation.name': operationName, subgraph };
    return this.#options.tracing.span(`fetch ${subgraph}`, { kind: SpanKind.CLIENT, attributes }, async () => {
      const started = performance.now();
      let outcome = 'ok';
      try {
        const traceparent = currentTraceparent();
        const response = await client.ask(request.body, traceparent ? { ...headers, traceparent } : headers);
        if (response.errors) outcome = 'errors';
        return response;
      } catch (error) {
        outcome = (error as SubgraphFailure).reason;
        throw error;
      } finally {
        this.#options.metrics.fetchDuration.observe({ subgraph, outcome }, (performance.now() - started) / 1_000);
      }
    });
  }
}
