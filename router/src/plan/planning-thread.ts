import { Worker } from 'node:worker_threads';
import { PlanRefused, PlannerBusy, PlannerFailed } from './plan-errors.ts';
import type { OperationPlan } from './planner.ts';
import type { PlanningAnswer, PlanningRequest } from './planning-worker.ts';

/** Plans operations, somewhere. @throws PlanRefused, PlannerBusy, PlannerFailed */
export type PlanOperation = (source: string, operationName: string | undefined) => Promise<OperationPlan>;

interface Waiting {
  readonly request: PlanningRequest;
  readonly resolve: (plan: OperationPlan) => void;
  readonly reject: (error: Error) => void;
}

export interface PlanningThreadOptions {
  readonly sdl: string;
  /** One operation may take so long, milliseconds. */
  readonly timeoutMs: number;
  /** So many operations may be under way, the one that is being planned included. */
  readonly mostWaiting: number;
}

const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './planning-worker.ts' : './planning-worker.js',
  import.meta.url,
);

/**
 * Plans on a thread of its own, one operation after the other: planning can take seconds and can't be interrupted, and
 * meanwhile everybody else is served from the cache. An operation that takes too long costs the thread its life, and the
 * next ones the time to start another.
 */
export class PlanningThread {
  readonly #options: PlanningThreadOptions;
  readonly #waiting: Waiting[] = [];
  #worker: Worker | undefined;
  #ready = false;
  #current: { waiting: Waiting; timer: NodeJS.Timeout } | undefined;
  #number = 0;
  #closed = false;
  /** Threads that were told to end and have not yet. */
  readonly #ending = new Set<Promise<unknown>>();

  /** Starts the thread; operations that are asked for meanwhile wait until it has read the supergraph. */
  constructor(options: PlanningThreadOptions) {
    this.#options = options;
    this.#start();
  }

  readonly plan: PlanOperation = (source, operationName) => {
    if (this.#closed) return Promise.reject(new PlannerBusy('The planner has been closed.'));
    if (this.#waiting.length + (this.#current ? 1 : 0) >= this.#options.mostWaiting) {
      return Promise.reject(new PlannerBusy('Too many operations wait to be planned.'));
    }
    this.#number += 1;
    const request = { number: this.#number, source, operationName };
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#next();
    });
  };

  /** Plans what has been asked for, and then closes. */
  async retire(): Promise<void> {
    while (!this.#closed && (this.#current !== undefined || this.#waiting.length > 0)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await this.close();
  }

  async close(): Promise<void> {
    this.#closed = true;
    const gone = new PlannerBusy('The planner has been closed.');
    this.#settle()?.reject(gone);
    for (const { reject } of this.#waiting.splice(0)) reject(gone);
    await Promise.all([...this.#ending, this.#worker?.terminate()]);
  }

  #start(): void {
    this.#ready = false;
    const worker = new Worker(WORKER, { workerData: { sdl: this.#options.sdl } });
    this.#worker = worker;
    worker.unref();
    worker.on('message', (answer: PlanningAnswer) => {
      if (worker !== this.#worker) return;
      if (answer.number === 'ready') this.#ready = true;
      else this.#take(answer);
      this.#next();
    });
    worker.on('error', (error: Error) => {
      if (worker !== this.#worker) return;
      if (this.#ready) this.#replace(whyEnded(error));
      else this.#giveUp(error);
    });
  }

  /** The supergraph can't be read: whoever waits is told, and the next operation tries again. */
  #giveUp(error: Error): void {
    this.#worker = undefined;
    const why = new PlannerFailed(`The planner does not start: ${error.message}`);
    for (const { reject } of this.#waiting.splice(0)) reject(why);
  }

  #take(answer: Exclude<PlanningAnswer, { number: 'ready' }>): void {
    const waiting = this.#settle();
    if (waiting?.request.number !== answer.number) return;
    if ('plan' in answer) waiting.resolve(JSON.parse(answer.plan) as OperationPlan);
    else if ('refusal' in answer) waiting.reject(new PlanRefused(answer.refusal.code, answer.refusal.message));
    else waiting.reject(new PlannerFailed(answer.fault));
  }

  #next(): void {
    if (!this.#worker && this.#waiting.length > 0) this.#start();
    if (!this.#ready || this.#current) return;
    const waiting = this.#waiting.shift();
    if (!waiting) return;
    const { timeoutMs } = this.#options;
    const timer = setTimeout(
      () => this.#replace(tooComplex(`The operation could not be planned within ${timeoutMs} ms.`)),
      timeoutMs,
    );
    this.#current = { waiting, timer };
    this.#worker?.postMessage(waiting.request);
  }

  /** Ends what is being planned now, and the thread with it. */
  #replace(why: Error): void {
    this.#settle()?.reject(why);
    if (this.#closed) return;
    const ended = this.#worker?.terminate();
    if (ended) this.#ending.add(ended);
    this.#start();
  }

  #settle(): Waiting | undefined {
    const settled = this.#current;
    if (!settled) return undefined;
    clearTimeout(settled.timer);
    this.#current = undefined;
    return settled.waiting;
  }
}

const tooComplex = (message: string) => new PlanRefused('OPERATION_TOO_COMPLEX', message);

/** Why a thread ended while it was planning. */
const whyEnded = (error: Error & { readonly code?: string }): Error =>
  error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? tooComplex('The operation takes too much memory to be planned.')
    : new PlannerFailed(`The planning thread ended: ${error.message}`);
