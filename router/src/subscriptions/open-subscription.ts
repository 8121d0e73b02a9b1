import { setTimeout as delay } from 'node:timers/promises';
import { isSubscription, type ExecutableSubscription } from '../compile/compile-operation.ts';
import type { JsonObject } from '../compile/own.ts';
import type { SubgraphResponse } from '../compile/subgraph-call.ts';
import type { RouterContext } from '../http/request-context.ts';
import type { Executable } from '../operations/operation.ts';
import { Refusal } from '../pipeline/refusal.ts';
import { SharedSubscription } from './shared-subscription.ts';
import { stableText } from './stable-text.ts';
import type { SubscriptionHubOptions } from './subscription-hub.ts';
import type { Upstream } from './upstream.ts';

/** How long a planner that is too busy is left alone. */
const PLAN_AGAIN_MS = 250;

/** A subscription that is to be opened: prepared, with variables that fit. */
export interface PreparedSubscription {
  readonly subscription: ExecutableSubscription;
  readonly source: string;
  readonly variables: JsonObject;
}

/** Prepares an operation by the supergraph in use, for whoever asks. @throws Refusal */
export type Prepare = (
  source: string,
  operationName: string | undefined,
  context: RouterContext,
) => Promise<Executable>;

/** What came from a subgraph, by which subscription to it, and when. */
interface Arrival {
  readonly event: SubgraphResponse;
  readonly subscription: ExecutableSubscription;
  readonly round: number;
  readonly at: number;
}

/** One subscription to a subgraph and what it is for. */
export class OpenSubscription {
  readonly shared: SharedSubscription<Arrival>;
  readonly #options: SubscriptionHubOptions;
  readonly #prepared: PreparedSubscription;
  readonly #context: RouterContext;
  #subscription: ExecutableSubscription;
  /** Numbers the subscriptions to the subgraph: what comes from one that was replaced does not count. */
  #round = 0;
  /** Numbers the supergraphs: a plan that comes late is not for the one in use. */
  #replans = 0;
  /** Of the last event that counted. */
  #cursor: unknown;
  #upstream: Upstream | undefined;
  #leave: (() => void) | undefined;
  #over = false;

  constructor(
    prepared: PreparedSubscription,
    context: RouterContext,
    options: SubscriptionHubOptions,
    onEmpty: () => void,
  ) {
    const { format, backPressureOf, observer } = options;
    this.#options = options;
    this.#prepared = prepared;
    this.#context = context;
    this.#subscription = prepared.subscription;
    const field = prepared.subscription.rootField;
    this.shared = new SharedSubscription({
      execute: (arrival) => this.#execute(arrival),
      format,
      coalesce: backPressureOf(field).policy === 'coalesce',
      onDropped: () => observer.dropped(field),
      onTold: ({ at }) => observer.told(field, (performance.now() - at) / 1_000),
      onEmpty: () => {
        this.#over = true;
        onEmpty();
        this.#leave?.();
      },
    });
    void this.#subscribe();
  }

  /** Goes on with another plan; asks the subgraph for something else if that plan does. */
  async replan(prepare: Prepare): Promise<void> {
    this.#replans += 1;
    const number = this.#replans;
    const { source, variables } = this.#prepared;
    try {
      const executable = await this.#plan(prepare, source, number);
      if (!executable || this.#over || number !== this.#replans) return;
      const { source: before } = this.#subscription;
      this.#subscription = executable;
      const same =
        executable.source.subgraph === before.subgraph &&
        this.#options.upstreamOf(before.subgraph) === this.#upstream &&
        stableText(executable.source.request(variables)) === stableText(before.request(variables));
      if (!same) await this.#subscribe();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (number === this.#replans) this.shared.failed(error.errors);
    }
  }

  /** The old plan serves for as long as the planner has no time. */
  async #plan(prepare: Prepare, source: string, number: number): Promise<ExecutableSubscription | undefined> {
    while (!this.#over && number === this.#replans) {
      try {
        const executable = await prepare(source, this.#subscription.operation.name?.value, this.#context);
        return isSubscription(executable) ? executable : undefined;
      } catch (error) {
        if (!(error instanceof Refusal) || error.status < 500) throw error;
        await delay(PLAN_AGAIN_MS, undefined, { ref: false });
      }
    }
    return undefined;
  }

  /** By the plan in use; an event that is of another request than that is about, by its own. */
  async #execute({ event, subscription, round }: Arrival) {
    const { subgraphs, headersOf } = this.#options;
    const plan = round === this.#round ? this.#subscription : subscription;
    return plan.executeEvent(event, this.#prepared.variables, subgraphs.callWith(await headersOf(this.#context)));
  }

  #arrive(event: SubgraphResponse, round: number): void {
    const at = performance.now();
    const subscription = this.#subscription;
    this.#cursor = subscription.source.takeCursor(event) ?? this.#cursor;
    this.shared.event({ event, subscription, round, at });
  }

  /** Subscribes at the subgraph, and leaves what was subscribed to before when that is done. */
  async #subscribe(): Promise<void> {
    const { upstreamOf, headersOf } = this.#options;
    const { source } = this.#subscription;
    this.#round += 1;
    const round = this.#round;
    const current = (tell: () => void) => {
      if (round === this.#round) tell();
    };
    this.#upstream = upstreamOf(source.subgraph);
    try {
      const leave = await this.#upstream.subscribe(
        {
          request: () => source.request(this.#prepared.variables, this.#cursor),
          extensions: async () => headersOf(this.#context),
        },
        {
          event: (event) => current(() => this.#arrive(event, round)),
          failed: (errors) => current(() => this.shared.failed(errors)),
          completed: () => current(() => this.shared.completed()),
        },
      );
      if (this.#over || round !== this.#round) {
        leave();
        return;
      }
      this.#leave?.();
      this.#leave = leave;
    } catch (error) {
      current(() => this.shared.failed([{ message: (error as Error).message }]));
    }
  }
}
