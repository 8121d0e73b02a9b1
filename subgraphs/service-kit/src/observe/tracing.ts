import {
  ROOT_CONTEXT,
  SpanStatusCode,
  TraceFlags,
  context,
  isSpanContextValid,
  propagation,
  trace,
  type Attributes,
  type Context,
  type SpanKind,
  type Tracer,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  RandomIdGenerator,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';

let propagationReady = false;

function preparePropagation(): void {
  if (propagationReady) return;
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  propagationReady = true;
}

export interface Tracing {
  /** Runs `work` inside a new span; a throw marks the span as failed and goes on. */
  span<T>(
    name: string,
    options: { kind: SpanKind; attributes?: Attributes; parent?: Context },
    work: () => Promise<T>,
  ): Promise<T>;
  /** Begins a span below the active one, for a part of what is under way. It becomes active in `within` only. */
  part(name: string): SpanPart;
  /** Whether anybody looks at spans. */
  readonly isRecording: boolean;
  stop(): Promise<void>;
}

/** A part of a span. */
export interface SpanPart {
  /** Runs `work` with the part as the active span. */
  within<T>(work: () => T): T;
  end(): void;
}

const nobodyLooks: SpanPart = { within: (work) => work(), end: () => {} };

/**
 * A tracer for one service. Without an OTLP endpoint spans are not exported, but trace ids still travel and reach the
 * logs. `endpoint` is the collector's base address, as OTEL_EXPORTER_OTLP_ENDPOINT has it.
 */
export function createTracing(
  service: string,
  endpoint?: string,
  spanProcessors: SpanProcessor[] = exportTo(endpoint),
): Tracing {
  preparePropagation();
  if (spanProcessors.length === 0) return unrecorded;
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: service }),
    spanProcessors,
  });
  const tracer: Tracer = provider.getTracer(service);
  return {
    span: (name, { kind, attributes, parent }, work) =>
      tracer.startActiveSpan(
        name,
        { kind, ...(attributes && { attributes }) },
        parent ?? context.active(),
        async (span) => {
          try {
            return await work();
          } catch (error) {
            span.recordException(error as Error);
            span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
            throw error;
          } finally {
            span.end();
          }
        },
      ),
    part(name) {
      const span = tracer.startSpan(name);
      return {
        within: (work) => context.with(trace.setSpan(context.active(), span), work),
        end: () => span.end(),
      };
    },
    isRecording: true,
    stop: () => provider.shutdown(),
  };
}

const ids = new RandomIdGenerator();

/**
 * Nobody looks at spans: none are made. Work goes on in the trace that it came with, or begins one, so that trace ids
 * still travel.
 */
const unrecorded: Tracing = {
  span(_name, { parent }, work) {
    const base = parent ?? context.active();
    const known = trace.getSpanContext(base);
    if (known && !parent) return work();
    const spanContext = known ?? {
      traceId: ids.generateTraceId(),
      spanId: ids.generateSpanId(),
      traceFlags: TraceFlags.SAMPLED,
    };
    return context.with(trace.setSpanContext(base, spanContext), work);
  },
  part: () => nobodyLooks,
  isRecording: false,
  stop: async () => {},
};

const exportTo = (endpoint: string | undefined): SpanProcessor[] =>
  endpoint ? [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }))] : [];

/** The W3C `traceparent` of the active span, if there is one. */
export function currentTraceparent(): string | undefined {
  const current = trace.getSpanContext(context.active());
  if (!current || !isSpanContextValid(current)) return undefined;
  const flags = current.traceFlags.toString(16).padStart(2, '0');
  return `00-${current.traceId}-${current.spanId}-${flags}`;
}

/** The context to go on in, from a `traceparent` header or envelope field. */
export function contextFrom(traceparent: string | undefined): Context {
  return traceparent ? propagation.extract(ROOT_CONTEXT, { traceparent }) : ROOT_CONTEXT;
}

export const currentTraceId = (): string | undefined => trace.getSpan(context.active())?.spanContext().traceId;
