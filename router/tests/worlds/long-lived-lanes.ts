import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LabelNames, createLogger, createMetrics, createTracing } from '@brigade/service-kit/process';
import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { parse, subscribe, type GraphQLFormattedError } from 'graphql';
import WebSocket from 'ws';
import type { CallSubgraph } from '../../src/compile/subgraph-call.ts';
import { signIdentityWith } from '../../src/identity/sign-identity.ts';
import { StreamLane } from '../../src/lanes/stream-lane.ts';
import { WebSocketLane } from '../../src/lanes/websocket-lane.ts';
import { labelOperations } from '../../src/observe/operation-labels.ts';
import { createRouterMetrics } from '../../src/observe/router-metrics.ts';
import { OperationStore } from '../../src/operations/operation-store.ts';
import { Engine } from '../../src/pipeline/engine.ts';
import { observeStages } from '../../src/pipeline/stage-record.ts';
import { RateLimits } from '../../src/rate-limits/rate-limits.ts';
import { settingsSchema } from '../../src/settings/settings.ts';
import { openSubscriptions } from '../../src/subscriptions/open-subscriptions.ts';
import type { UpstreamListener, UpstreamRequest } from '../../src/subscriptions/upstream.ts';
import { World } from './world.ts';

/**
 * The lanes of what goes on for longer, over a real engine and real subscriptions, with subgraphs in this process. They
 * listen on a Unix socket: what lies between router and client is small there, also for a thousand clients.
 */
export class LongLivedLanes {
  readonly exporter = new InMemorySpanExporter();
  readonly metrics = createMetrics('router');
  readonly world: World;
  /** The spans below which subgraphs were asked. */
  readonly askedBelow: (string | undefined)[] = [];
  /** Headers with which subgraphs were asked. */
  readonly asked: Readonly<Record<string, string>>[] = [];
  readonly socketPath = join(mkdtempSync(join(tmpdir(), 'lanes-')), 'router');
  readonly subscriptions;
  readonly #http: Server;
  readonly #lanes: readonly { close(): void }[];
  readonly #clients = new Set<WebSocket>();

  private constructor(sources: Readonly<Record<string, string>>, given: object) {
    this.world = new World(sources, { troubled: false });
    const { world, metrics } = this;
    const settings = settingsSchema.parse({
      ...given,
      subgraphs: { identity: { header: 'x-who', secret: 's'.repeat(32) } },
    });
    const log = createLogger('router', 'silent');
    const routerMetrics = createRouterMetrics(metrics);
    const tracing = createTracing('router', undefined, [new SimpleSpanProcessor(this.exporter)]);
    const sign = signIdentityWith('s'.repeat(32));
    const formatError = (error: GraphQLFormattedError) => error;
    const nothing = () => {};
    const callWith = (headers: Readonly<Record<string, string>>): CallSubgraph => {
      this.asked.push(headers);
      this.askedBelow.push((trace.getActiveSpan() as unknown as ReadableSpan | undefined)?.name);
      return world.call;
    };
    const headersOf = ({ signedIdentity = '' }) => ({ 'x-who': signedIdentity });
    const subgraphs = { callWith } as never;
    const operations = new OperationStore({
      supergraph: world.supergraph,
      plan: async (source, name) => world.planner.plan(source, name),
      rules: settings,
      resume: {},
      mostOperations: 100,
      observer: { kept: nothing, planned: nothing, failed: nothing, unlisted: nothing },
    });
    const engine = new Engine({
      operations,
      subgraphs,
      headersOf,
      permits: () => true,
      rateLimits: new RateLimits({ perField: new Map(), onLimited: nothing }),
      mostCost: settings.limits.cost,
      shareQueries: false,
      observer: { estimated: nothing, spent: nothing, shared: nothing },
    });
    this.subscriptions = openSubscriptions(
      { log, metrics, stack: { defer: nothing } } as never,
      settings,
      {
        engine,
        subgraphs,
        headersOf,
        urlOf: nothing,
        sign,
        format: formatError,
        metrics: routerMetrics,
      } as never,
      () => ({ subscribe: this.#subscribe }) as never,
    );
    const lane = {
      engine,
      subscriptions: this.subscriptions,
      identify: async (_req: unknown, correlationId: string) => {
        const identity = { kind: 'anonymous' } as const;
        return { identity, correlationId, address: '127.0.0.1', signedIdentity: await sign(identity) };
      },
      sign,
      corsHeaders: () => ({}),
      formatError,
      tracing,
      metrics,
      stages: observeStages(routerMetrics, tracing),
      labels: { ...labelOperations(metrics), names: new LabelNames({ after: 1 }) },
      log,
    };
    const webSockets = new WebSocketLane({ ...lane, isAllowedOrigin: () => true, settings: settings.subscriptions });
    const streams = new StreamLane({ ...lane, settings });
    this.#lanes = [webSockets, streams];
    this.#http = createServer(streams.handle);
    webSockets.attach(this.#http);
  }

  static async open(sources: Readonly<Record<string, string>>, settings: object = {}): Promise<LongLivedLanes> {
    const lanes = new LongLivedLanes(sources, settings);
    await new Promise<void>((listening) => lanes.#http.listen(lanes.socketPath, listening));
    return lanes;
  }

  /** A client whose connection is acknowledged. */
  async connect(headers: Record<string, string> = {}) {
    const socket = new WebSocket(`ws+unix:${this.socketPath}:/graphql`, 'graphql-transport-ws', { headers });
    this.#clients.add(socket);
    const messages: { id?: string; type: string; payload?: unknown }[] = [];
    const send = (message: object) => socket.send(JSON.stringify(message));
    await new Promise<void>((opened, failed) => {
      socket.once('open', () => send({ type: 'connection_init' }));
      socket.once('message', () => opened());
      socket.once('error', failed);
    });
    socket.on('message', (data) => messages.push(JSON.parse(String(data)) as never));
    const ask = (id: string, query: string, more: object = {}) =>
      send({ id, type: 'subscribe', payload: { query, ...more } });
    return { socket, messages, send, ask };
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.terminate();
    for (const lane of this.#lanes) lane.close();
    this.#http.closeAllConnections();
    await new Promise((closed) => this.#http.close(closed));
  }

  readonly #subscribe = async ({ request }: UpstreamRequest, listener: UpstreamListener): Promise<() => void> => {
    const { query, variables } = request();
    const subgraph = this.world.subgraphs.get('events');
    if (!subgraph) throw new Error('no subgraph events');
    const events = await subscribe({
      schema: subgraph.schema,
      document: parse(query),
      variableValues: variables,
      fieldResolver: subgraph.fieldResolver,
    });
    if (!(Symbol.asyncIterator in events)) throw new Error(JSON.stringify(events));
    void (async () => {
      for await (const event of events) listener.event(JSON.parse(JSON.stringify(event)) as never);
      listener.completed();
    })();
    return () => void events.return(undefined);
  };
}
