import { print } from 'graphql';
import { ClockCache } from '../cache/clock-cache.ts';
import { compoundKey } from '../cache/compound-key.ts';
import { compileOperation } from '../compile/compile-operation.ts';
import type { ResumeRules } from '../compile/resumable-operation.ts';
import type { Safelist } from '../persisted/safelist.ts';
import { PlanRefused, PlannerBusy } from '../plan/plan-errors.ts';
import type { PlanOperation } from '../plan/planning-thread.ts';
import { prepareDocument, type DocumentRules } from '../pipeline/prepare-document.ts';
import { Refusal, SOMETHING_WRONG, refusal } from '../pipeline/refusal.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { Operation, type MakeExecutable, type ToExecute } from './operation.ts';

/** Documents are kept with their text; all texts together may be so long. */
const MAX_CHARACTERS = 20_000_000;
/** Refusals are kept apart from operations: no number of refused requests evicts an operation. */
const REFUSALS = { maxEntries: 500, maxCharacters: 2_000_000 };

/** What the store tells whoever measures. */
export interface OperationStoreObserver {
  kept(): void;
  planned(seconds: number): void;
  /** An operation could not be planned or compiled, by a fault of the router or of the supergraph. */
  failed(error: unknown): void;
  /** An operation that is not in the safelist was let through. */
  unlisted(): void;
}

export interface OperationStoreOptions {
  readonly supergraph: Supergraph;
  readonly plan: PlanOperation;
  readonly rules: DocumentRules;
  /** Operations that are not in it are refused, or only told of. */
  readonly safelist?: { readonly operations: Safelist; readonly mode: 'report' | 'enforce' } | undefined;
  /** Which subscriptions can be resumed. */
  readonly resume: ResumeRules;
  /** So many operations are kept; those that were not asked for lately go. */
  readonly mostOperations: number;
  readonly observer: OperationStoreObserver;
}

/** What can be asked for: the text, and which of its operations. */
export interface OperationRequest {
  readonly source: string;
  readonly operationName: string | undefined;
}

/**
 * Operations of one supergraph: parsed, validated and checked against the limits at their first request, and kept for
 * the next ones. A refusal is kept too, because it would cost as much again; it depends on nothing but the text and the
 * operation name, and both are its key.
 */
export class OperationStore {
  readonly supergraph: Supergraph;
  readonly #options: OperationStoreOptions;
  readonly #operations: ClockCache<OperationRequest & { readonly operation: Operation }>;
  readonly #refusals = new ClockCache<Refusal>(REFUSALS);

  constructor(options: OperationStoreOptions) {
    this.supergraph = options.supergraph;
    this.#options = options;
    this.#operations = new ClockCache({ maxEntries: options.mostOperations, maxCharacters: MAX_CHARACTERS });
  }

  /** @throws Refusal */
  get(source: string, operationName: string | undefined): Operation {
    const key = compoundKey(operationName, source);
    const kept = this.#operations.get(key)?.operation ?? this.#refusals.get(key);
    if (kept) this.#options.observer.kept();
    const found = kept ?? this.#make(source, operationName);
    if (found instanceof Refusal) {
      if (!kept) this.#refusals.set(key, found);
      throw found;
    }
    if (!kept) this.#operations.set(key, { source, operationName, operation: found }, key.length);
    return found;
  }

  /** What was asked for last, the newest first: so many at most. */
  latest(count: number): readonly OperationRequest[] {
    return this.#operations.latest(count);
  }

  #make(source: string, operationName: string | undefined): Operation | Refusal {
    const { supergraph, rules } = this.#options;
    try {
      const document = prepareDocument(supergraph.apiSchema, source, operationName, rules);
      this.#checkSafelist(source);
      const make: MakeExecutable = (what) =>
        this.#execute(what.planned === document ? source : print(what.planned), operationName, what);
      return new Operation(supergraph, source, document, operationName, rules, make);
    } catch (error) {
      if (error instanceof Refusal) return error;
      // Fragments that spread each other in a long row: what walks them goes down by recursion.
      if (error instanceof RangeError) return refusal(400, 'OPERATION_TOO_LARGE', 'The fragments nest too deep.');
      throw error;
    }
  }

  #checkSafelist(source: string): void {
    const { safelist, observer } = this.#options;
    if (!safelist || safelist.operations.admits(source)) return;
    if (safelist.mode === 'enforce') {
      throw refusal(400, 'OPERATION_NOT_ALLOWED', 'The operation is none of those that clients are known to send.');
    }
    observer.unlisted();
  }

  async #execute(
    source: string,
    operationName: string | undefined,
    { shownAs, withheld }: ToExecute,
  ): ReturnType<MakeExecutable> {
    const { supergraph, observer, resume } = this.#options;
    const started = performance.now();
    try {
      const plan = await this.#options.plan(source, operationName);
      observer.planned((performance.now() - started) / 1_000);
      return compileOperation(supergraph, shownAs, operationName, plan, resume, withheld);
    } catch (error) {
      if (error instanceof PlanRefused) throw refusal(400, error.code, error.message);
      if (error instanceof PlannerBusy) throw refusal(503, error.code, error.message);
      observer.failed(error);
      throw refusal(500, 'INTERNAL_SERVER_ERROR', SOMETHING_WRONG);
    }
  }
}
