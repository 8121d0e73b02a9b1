import type { OperationPlan } from '../plan/planner.ts';
import { ELSE, passText } from './verify-json.ts';
import type { Verify } from './generate-verifier.ts';
import type { CostMeter } from './compile-operation.ts';
import type { ObjectVerifier } from './object-verifier.ts';
import type { HandOn } from './subgraph-call.ts';

const BEGIN = Buffer.from('{"data":');
const END = Buffer.from('}');
/** After so many answers in a row that could not be handed on, no others are tried. */
const MOST_MISSES = 20;

/**
 * Where an operation is one request to one subgraph, what the subgraph answers usually is, to the byte, what the client is
 * to be answered. Such an answer is verified and handed on, neither parsed nor written.
 */
export class AnswerHandOn {
  readonly #verifier: Pick<ObjectVerifier, 'declared'>;
  #misses = 0;

  constructor(verifier: Pick<ObjectVerifier, 'declared'>) {
    this.#verifier = verifier;
  }

  /** Whether a plan is one request whose answer is taken as it is. */
  static fits({ node, fetchedNames }: OperationPlan): boolean {
    return (
      !fetchedNames &&
      node?.kind === 'Fetch' &&
      !node.requires &&
      !node.inputRewrites?.length &&
      !node.outputRewrites?.length
    );
  }

  /** @param meter counts what an answer cost that is handed on */
  for(meter: CostMeter | undefined): HandOn | undefined {
    if (this.#misses >= MOST_MISSES) return undefined;
    return (answer) => {
      const context = { cost: 0 };
      const length = lengthOf(this.#verifier.declared, answer, context);
      if (length === ELSE) {
        this.#misses += 1;
        return undefined;
      }
      this.#misses = 0;
      if (meter) meter.cost += context.cost;
      const text = answer.toString('utf8', 0, length);
      // Not always the same: what is no UTF-8 has been replaced.
      return { text, bytes: Buffer.byteLength(text) };
    };
  }
}

/** Of the response, which white space may follow; or ELSE. */
function lengthOf(verify: Verify, answer: Buffer, context: { cost: number }): number {
  const begin = passText(answer, 0, BEGIN);
  const end = begin === ELSE ? ELSE : verify(answer, begin, context);
  const length = end === ELSE ? ELSE : passText(answer, end, END);
  if (length === ELSE) return ELSE;
  for (let index = length; index < answer.length; index += 1) if (!isSpace(answer[index])) return ELSE;
  return length;
}

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
