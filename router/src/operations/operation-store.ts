import { print } from 'graphql';
import { compileOperation } from '../compile/compile-operation.ts';
import { NotCompiled } from '../compile/compile-plan.ts';
import type { ResumeRules } from '../compile/resumable-operation.ts';
import { StockOperation } from '../compile/stock-operation.ts';
import type { Safelist } from '../persisted/safelist.ts';
import { PlanRefused, PlannerBusy, type PlanOperation } from '../plan/planning-thread.ts';
import { prepareDocument, type DocumentRules } from '../pipeline/prepare-document.ts';
import { Refusal, refusal } from '../pipeline/refusal.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { Operation, type MakeExecutable, type ToExecute } from './operation.ts';

/** Documents are kept with their text; all texts together may be so long. */
const MOST_CHARACTERS = 20_000_000;

/** What the store tells whoever measures. */
export interface OperationStoreObserver {
  kept(): void;
  planned(seconds: number): void;
  /** An operation that could not be compiled runs on the stock executor. */
  fellBack(why: string): void;
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

/**
 * Operations of one supergraph: parsed, validated and checked against the limits at their first request, and kept for
 * the next ones. A refusal is kept too: it would cost as much again.
 */
export class OperationStore {
  readonly supergraph: Supergraph;
  readonly #options: OperationStoreOptions;
  /** In the order in which it is looked whether they were used. */
  readonly #operations = new Map<string, Kept>();
  /** Counts what is asked for. */
  #now = 0;
  #characters = 0;

  constructor(options: OperationStoreOptions) {
    this.supergraph = options.supergraph;
    this.#options = options;
  }

  /** @throws Refusal */
  get(source: string, operationName: string | undefined): Operation {
    const key = keyOf(source, operationName);
    let found = this.#operations.get(key);
    this.#now += 1;
    if (found) {
      this.#options.observer.kept();
      found.usedAt = this.#now;
    } else {
      found = { made: this.#make(source, operationName), since: this.#now, usedAt: this.#now };
      this.#keep(key, found);
    }
    if (found.made instanceof Refusal) throw found.made;
    return found.made;
  }

  /** What was asked for last, the newest first: so many at most. */
  latest(count: number): readonly { source: string; operationName: string | undefined }[] {
    return [...this.#operations]
      .toSorted(([, one], [, other]) => other.usedAt - one.usedAt)
      .slice(0, count)
      .map(([key]) => partsOf(key));
  }

  /** Makes room first. What was used since it was looked at last stays for another round (CLOCK): a use costs nothing. */
  #keep(key: string, kept: Kept): void {
    this.#characters += key.length;
    for (const [oldest, one] of this.#operations) {
      if (this.#operations.size < this.#options.mostOperations && this.#characters <= MOST_CHARACTERS) break;
      this.#operations.delete(oldest);
      if (one.usedAt > one.since) {
        one.since = this.#now;
        this.#operations.set(oldest, one);
      } else this.#characters -= oldest.length;
    }
    this.#operations.set(key, kept);
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
    { planned, shownAs, withheld }: ToExecute,
  ): ReturnType<MakeExecutable> {
    const { supergraph, observer, resume } = this.#options;
    const started = performance.now();
    const plan = await this.#options.plan(source, operationName).catch((error: unknown) => {
      if (error instanceof PlanRefused) throw refusal(400, error.code, error.message);
      if (error instanceof PlannerBusy) throw refusal(503, error.code, error.message);
      throw error;
    });
    observer.planned((performance.now() - started) / 1_000);
    try {
      return compileOperation(supergraph, shownAs, operationName, plan, resume, withheld);
    } catch (error) {
      if (!(error instanceof NotCompiled)) throw error;
      observer.fellBack(error.message);
      return new StockOperation(supergraph, planned, operationName, plan);
    }
  }
}

interface Kept {
  readonly made: Operation | Refusal;
  /** When it was made, or looked at last. */
  since: number;
  usedAt: number;
}

/** No name has a line break in it, and an absent one is an empty line. */
const keyOf = (source: string, operationName: string | undefined): string => `${operationName ?? ''}\n${source}`;

function partsOf(key: string): { source: string; operationName: string | undefined } {
  const at = key.indexOf('\n');
  return { source: key.slice(at + 1), operationName: key.slice(0, at) || undefined };
}
