import type { GraphQLSchema } from 'graphql';
import { isSubscription, type OperationResult } from '../../src/compile/compile-operation.ts';
import type { CallSubgraph } from '../../src/compile/subgraph-call.ts';
import { OperationStore } from '../../src/operations/operation-store.ts';
import { Refusal } from '../../src/pipeline/refusal.ts';
import { Planner } from '../../src/plan/planner.ts';
import { loadSupergraph } from '../../src/supergraph/supergraph.ts';
import type { GraphQLRequest, ModelSubgraph } from './model-subgraph.ts';
import type { ClientOperation } from './random-client-operation.ts';

/** A result, or the code with which the operation is refused, and why. */
export type RouterAnswer =
  | Pick<OperationResult, 'data' | 'errors'>
  | { readonly refused: string; readonly why: string }
  /** An error that is no refusal: a fault of the router. */
  | { readonly failed: string };

/** Nobody measures. */
const observer = { kept: () => {}, planned: () => {}, fellBack: () => {}, failed: () => {}, unlisted: () => {} };

const NO_LIMIT = 1_000_000;

/** The router that is tested, without HTTP: documents are prepared, planned, compiled and executed as for clients. */
export class ModelRouter {
  readonly apiSchema: GraphQLSchema;
  readonly #operations: OperationStore;

  /** @param sdl of the supergraph */
  constructor(
    sdl: string,
    private readonly subgraphs: readonly ModelSubgraph[],
  ) {
    const supergraph = loadSupergraph(sdl);
    const planner = new Planner(sdl);
    this.apiSchema = supergraph.apiSchema;
    this.#operations = new OperationStore({
      supergraph,
      plan: async (source, operationName) => planner.plan(source, operationName),
      rules: {
        limits: {
          depth: NO_LIMIT,
          fields: NO_LIMIT,
          aliases: NO_LIMIT,
          rootFields: NO_LIMIT,
          directives: NO_LIMIT,
          tokens: NO_LIMIT,
          bodyBytes: NO_LIMIT,
          listSize: NO_LIMIT,
          cost: NO_LIMIT,
          assumedListSize: 1,
          pageArguments: [],
        },
        introspection: true,
      },
      resume: {},
      mostOperations: 100,
      observer,
    });
  }

  async execute({ text, variables }: ClientOperation): Promise<RouterAnswer> {
    try {
      const operation = this.#operations.get(text, undefined);
      const checked = operation.checkVariables({ ...variables });
      const executable = await operation.executable();
      if (isSubscription(executable)) throw new TypeError('subscriptions are not generated');
      const { written, data, errors } = await executable.execute(checked, this.#call, { cost: 0 }, 'text');
      return JSON.parse(written?.text ?? JSON.stringify({ data, errors })) as RouterAnswer;
    } catch (error) {
      if (!(error instanceof Refusal)) return { failed: error instanceof Error ? error.message : String(error) };
      return { refused: String(error.errors[0]?.extensions?.code), why: error.message };
    }
  }

  readonly #call: CallSubgraph = async ({ subgraph, body, handOn }) => {
    const asked = this.subgraphs.find(({ name }) => name === subgraph);
    if (!asked) throw new TypeError(`There is no subgraph ${subgraph}.`);
    const answer = JSON.stringify(await asked.answer(JSON.parse(body) as GraphQLRequest));
    const written = handOn?.(Buffer.from(answer));
    return written ? { written } : JSON.parse(answer);
  };
}
