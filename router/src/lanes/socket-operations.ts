import { contextFrom } from '@brigade/service-kit/process';
import { SpanKind } from '@opentelemetry/api';
import type { GraphQLFormattedError } from 'graphql';
import type { RouterContext } from '../http/request-context.ts';
import type { GraphQLParams, Prepared } from '../pipeline/engine.ts';
import { Refusal, refusal } from '../pipeline/refusal.ts';
import type { Backlog } from '../subscriptions/backlog.ts';
import type { Outbox } from '../subscriptions/outbox.ts';
import { slowConsumer } from '../subscriptions/subscriptions.ts';
import type { ClientSocketOptions } from './client-socket.ts';
import type { ClientWriter } from './client-writer.ts';
import { OperationRecord } from './operation-record.ts';

interface OpenOperation {
  leave: () => void;
  readonly outbox?: Outbox;
}

/** What one client has asked for over its connection. */
export class SocketOperations {
  readonly #writer: ClientWriter;
  readonly #options: ClientSocketOptions;
  readonly #open = new Map<string, OpenOperation>();
  readonly #backlog: Backlog;
  /** Operations that are not answered, and subscriptions that are not open yet. */
  readonly #underWay = new Set<Promise<void>>();

  constructor(writer: ClientWriter, options: ClientSocketOptions) {
    this.#writer = writer;
    this.#options = options;
    this.#backlog = options.subscriptions.connect(() => writer.sendingBytes);
  }

  /** Whether an id is in use. */
  has(id: string): boolean {
    return this.#open.has(id);
  }

  /** Serves an operation. @param traceparent of the trace that it belongs to */
  async run(
    id: string,
    params: GraphQLParams,
    contextOf: () => Promise<RouterContext>,
    traceparent: unknown,
  ): Promise<void> {
    if (this.#open.size >= this.#options.settings.mostPerConnection) {
      this.#sendErrors(id, tooMany.errors);
      return;
    }
    // Its place is taken from now on; it may be left before it is open.
    let left = false;
    this.#open.set(id, { leave: () => (left = true) });
    const parent = contextFrom(typeof traceparent === 'string' ? traceparent : undefined);
    const attributes = { 'url.path': '/graphql', 'network.protocol.name': 'websocket' };
    const served = this.#options.tracing.span('graphql', { kind: SpanKind.SERVER, parent, attributes }, () =>
      this.#serve(id, params, contextOf, () => left),
    );
    this.#underWay.add(served);
    try {
      await served;
    } finally {
      this.#underWay.delete(served);
    }
  }

  /** Waits until everything but subscriptions is answered. */
  async answered(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  leave(id: string): void {
    const operation = this.#open.get(id);
    this.#open.delete(id);
    operation?.outbox?.clear();
    operation?.leave();
  }

  /** The connection is gone. */
  leaveAll(): void {
    for (const id of this.#open.keys()) this.leave(id);
    this.#options.subscriptions.disconnect(this.#backlog);
  }

  /** Sends what waits, as far as the connection takes it. */
  drain(): void {
    if (this.#backlog.waitingBytes === 0) return;
    for (const { outbox } of this.#open.values()) {
      if (!this.#writer.isOpen()) return;
      outbox?.drain();
    }
  }

  async #serve(
    id: string,
    params: GraphQLParams,
    contextOf: () => Promise<RouterContext>,
    left: () => boolean,
  ): Promise<void> {
    const { engine, formatError } = this.#options;
    const record = new OperationRecord(this.#options);
    const { stages } = record;
    try {
      stages.enter('authenticate');
      const context = await contextOf();
      const prepared = await engine.prepare(params, context, stages);
      const { definition } = prepared;
      record.named(definition.name?.value, definition.operation);
      if (left()) {
        stages.end();
        return;
      }
      if (definition.operation === 'subscription') {
        stages.enter('respond');
        this.#subscribe(id, prepared, context);
        record.opened();
        return;
      }
      const { errors, ...rest } = await engine.execute(prepared, context, stages);
      stages.enter('respond');
      record.answered(errors);
      if (!left()) {
        this.#writer.sendNext(id, JSON.stringify(errors ? { ...rest, errors: errors.map(formatError) } : rest));
        this.#finish(id);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      record.answered(error.errors);
      if (!left()) this.#sendErrors(id, error.errors);
    }
    record.end();
  }

  #subscribe(id: string, prepared: Prepared, context: RouterContext): void {
    const { subscriptions } = this.#options;
    const outbox = subscriptions.outbox(prepared, {
      backlog: this.#backlog,
      isOpen: () => this.#writer.isOpen(),
      send: (text) => this.#writer.sendNext(id, text),
      onOverflow: () => {
        this.leave(id);
        this.#sendErrors(id, [slowConsumer]);
      },
    });
    const leave = subscriptions.open(prepared, context, {
      next: (text) => outbox.push(text),
      failed: (errors) => outbox.end(() => this.#sendErrors(id, errors)),
      completed: () => outbox.end(() => this.#finish(id)),
    });
    this.#open.set(id, { leave, outbox });
  }

  #finish(id: string): void {
    if (this.#open.delete(id)) this.#writer.send({ id, type: 'complete' });
  }

  #sendErrors(id: string, errors: readonly GraphQLFormattedError[]): void {
    this.#open.delete(id);
    this.#writer.send({ id, type: 'error', payload: errors });
  }
}

const tooMany = refusal(429, 'TOO_MANY_SUBSCRIPTIONS', 'Too many operations are open on this connection.');
