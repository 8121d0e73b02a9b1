import type { SpanPart, Tracing } from '@brigade/service-kit/process';
import type { RouterMetrics } from '../observe/router-metrics.ts';

/** The stages that a request goes through, in their order, whichever lane carries it. */
export const stages = [
  /** Its body is read. */
  'receive',
  /** Who asks. */
  'authenticate',
  /** What its hash stands for. */
  'persisted-operation',
  /** The text against the schema, the limits and the safelist; kept for the next request. */
  'parse-and-validate',
  /** The variables against their types, and what it will cost. */
  'variables-and-cost',
  /** Whether who asks may ask for so much now. */
  'rate-limit',
  /** What may be told to whom, which subgraph is asked for what; kept for the next request. */
  'plan',
  /** Subgraphs are asked, and their answers put together. */
  'execute',
  /** Errors are formatted, the response is written; for a subscription, it is opened. */
  'respond',
] as const;
export type Stage = (typeof stages)[number];

const order = Object.fromEntries(stages.map((stage, index) => [stage, index])) as Record<Stage, number>;

export interface StageObserver {
  /** Told how long a request was in a stage, seconds. */
  readonly took: Readonly<Record<Stage, (seconds: number) => void>>;
  readonly tracing: Pick<Tracing, 'part' | 'isRecording'>;
}

/** Tells the metrics, and spans where spans are recorded. */
export const observeStages = (
  { stageDuration }: Pick<RouterMetrics, 'stageDuration'>,
  tracing: StageObserver['tracing'],
): StageObserver => ({
  took: Object.fromEntries(stages.map((stage) => [stage, stageDuration.observerOf({ stage })])) as Record<
    Stage,
    (seconds: number) => void
  >,
  tracing,
});

/**
 * How long one request is in each of the stages: as a metric, and as a span below that of the request. A request that is
 * refused ends in the stage that refused it.
 */
export class StageRecord {
  readonly #observer: StageObserver;
  #stage: Stage = 'receive';
  #since = performance.now();
  #span: SpanPart;

  constructor(observer: StageObserver) {
    this.#observer = observer;
    this.#span = observer.tracing.part(this.#stage);
  }

  /** The stage before is over, this one begins; nothing when it was in it already: a lane may have gone ahead. */
  enter(stage: Stage): void {
    if (order[stage] <= order[this.#stage]) return;
    const now = performance.now();
    this.#leave(now);
    this.#stage = stage;
    this.#since = now;
    this.#span = this.#observer.tracing.part(stage);
  }

  /** Runs `work` as what the stage does: spans that it begins are below the stage's. */
  within<T>(work: () => T): T {
    return this.#span.within(work);
  }

  /** The last stage is over. */
  end(): void {
    this.#leave(performance.now());
  }

  #leave(now: number): void {
    this.#span.end();
    this.#observer.took[this.#stage]((now - this.#since) / 1_000);
  }
}
