import {
  Kind,
  getVariableValues,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import type { AccessRequirement } from '../access/access-rules.ts';
import { requirementsOf, restrictDocument, type GuardedOperation } from '../access/restrict-document.ts';
import {
  findOperation,
  fragmentsOf,
  type ExecutableOperation,
  type ExecutableSubscription,
} from '../compile/compile-operation.ts';
import { getOwn, setOwn, type JsonObject } from '../compile/own.ts';
import { compileCost, type EstimateCost } from '../cost/compile-cost.ts';
import type { DocumentRules } from '../pipeline/prepare-document.ts';
import { Refusal, refusal } from '../pipeline/refusal.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { conditionVariables } from './condition-variables.ts';
import { nestsDeeperThan } from './nesting.ts';
import { compileVariableTest } from './variable-tests.ts';

export type Executable = ExecutableOperation | ExecutableSubscription;

/** What is planned, and how its response is shaped. */
export interface ToExecute {
  readonly planned: DocumentNode;
  readonly shownAs: DocumentNode;
  /** Selections of `shownAs` that are answered with null. */
  readonly withheld: ReadonlySet<SelectionNode>;
}
export type MakeExecutable = (what: ToExecute) => Promise<Executable>;

const MOST_ERRORS = 20;
/** More than any rate limit: counts stay whole numbers. */
const ENOUGH = 1e9;
/** How deep the values of variables may nest. They are walked by recursion in more than one place. */
const MAX_NESTING = 200;
/**
 * An operation that could not be planned is not planned again for so long, milliseconds. It is then, because whether a
 * plan is found in time depends on how busy the machine is.
 */
const REFUSED_FOR_MS = 60_000;
const NO_VARIABLES: JsonObject = Object.freeze({});
const NOTHING: ReadonlySet<SelectionNode> = new Set();
const NOBODY_IN_PARTICULAR: ReadonlySet<AccessRequirement> = new Set();

/** One operation of a valid document, within the limits: what can be known of it without planning it. */
export class Operation {
  readonly source: string;
  readonly definition: OperationDefinitionNode;
  /** What it asks of whoever sends it. */
  readonly requirements: readonly AccessRequirement[];
  readonly estimateCost: EstimateCost;
  /** How often it asks for each root field, by its coordinate; aliases count each. */
  readonly rootFields: ReadonlyMap<string, number>;
  readonly #guarded: GuardedOperation;
  readonly #supergraph: Supergraph;
  readonly #make: MakeExecutable;
  readonly #hideSuggestions: boolean;
  /** Variables of nullable types that must not be null all the same. */
  readonly #conditions: ReadonlySet<string>;
  readonly #areRight: ((variables: JsonObject) => boolean) | undefined;
  /** By what is withheld. */
  readonly #executables = new Map<string, Promise<Executable>>();

  constructor(
    supergraph: Supergraph,
    source: string,
    document: DocumentNode,
    operationName: string | undefined,
    { limits, introspection }: DocumentRules,
    make: MakeExecutable,
  ) {
    const { apiSchema: schema, access: rules, costs } = supergraph;
    const operation = findOperation(document, operationName);
    const fragments = fragmentsOf(document);
    this.source = source;
    this.definition = operation;
    this.#supergraph = supergraph;
    this.#make = make;
    this.#hideSuggestions = !introspection;
    this.#areRight = compileVariableTest(operation.variableDefinitions ?? [], schema);
    this.#conditions = conditionVariables(operation, fragments);
    this.#guarded = { schema, rules, document, operation, fragments };
    this.requirements = requirementsOf(this.#guarded);
    this.estimateCost = compileCost({
      schema,
      costs,
      operation,
      fragments,
      listSize: limits.assumedListSize,
      mostListSize: limits.listSize,
      pageArguments: limits.pageArguments,
    });
    this.rootFields = countRootFields(operation, fragments, schema.getRootType(operation.operation)?.name ?? '');
  }

  /**
   * @returns those of the variables that the operation declares
   * @throws Refusal (400) unless they fit
   */
  checkVariables(given: JsonObject): JsonObject {
    const { variableDefinitions = [] } = this.definition;
    if (variableDefinitions.length === 0) return NO_VARIABLES;
    const variables: JsonObject = {};
    for (const { variable } of variableDefinitions) {
      const value = getOwn(given, variable.name.value);
      if (value === null && this.#conditions.has(variable.name.value)) throw nullCondition(variable.name.value);
      if (value !== undefined) setOwn(variables, variable.name.value, value);
    }
    if (this.#areRight?.(variables)) return variables;
    if (nestsDeeperThan(MAX_NESTING, variables)) throw refusal(400, 'BAD_USER_INPUT', 'The variables nest too deep.');
    const errors = this.#faultsOf(variables);
    if (errors) throw badVariables(errors);
    return variables;
  }

  #faultsOf(variables: JsonObject): readonly GraphQLError[] | undefined {
    const { variableDefinitions = [] } = this.definition;
    const options = { maxErrors: MOST_ERRORS, hideSuggestions: this.#hideSuggestions };
    return getVariableValues(this.#supergraph.apiSchema, variableDefinitions, variables, options).errors;
  }

  /**
   * What runs it, planned and compiled when it is first asked for.
   * @param unmet what the caller is not: what asks for it is withheld
   * @throws Refusal
   */
  executable(unmet: ReadonlySet<AccessRequirement> = NOBODY_IN_PARTICULAR): Promise<Executable> {
    const key = unmet.size === 0 ? '' : this.requirements.map((one) => (unmet.has(one) ? 1 : 0)).join('');
    const known = this.#executables.get(key);
    if (known) return known;
    const { document } = this.#guarded;
    const made =
      unmet.size === 0
        ? this.#make({ planned: document, shownAs: document, withheld: NOTHING })
        : this.#makeRestricted(unmet);
    this.#executables.set(key, made);
    made.catch((error: unknown) => {
      const lasting = error instanceof Refusal && error.status < 500;
      // Whoever comes a moment later may find the planner less busy.
      if (!lasting) this.#executables.delete(key);
      else setTimeout(() => this.#executables.delete(key), REFUSED_FOR_MS).unref();
    });
    return made;
  }

  async #makeRestricted(unmet: ReadonlySet<AccessRequirement>): Promise<Executable> {
    const { document: planned, withheld, nothingLeft } = restrictDocument(this.#guarded, unmet);
    // An event that may not be told is not subscribed to.
    if (nothingLeft && this.definition.operation === 'subscription') throw new Refusal(403, nothingLeft);
    return this.#make({ planned, shownAs: this.#guarded.document, withheld });
  }
}

/** Counts each fragment once, however often it is spread: fragments that double each other cost no more than others. */
function countRootFields(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  rootType: string,
): ReadonlyMap<string, number> {
  const counted = new Map<string, ReadonlyMap<string, number>>();
  const countFragment = (name: string): ReadonlyMap<string, number> => {
    const known = counted.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    const counts = fragment ? count(fragment.selectionSet) : new Map<string, number>();
    counted.set(name, counts);
    return counts;
  };
  const count = ({ selections }: OperationDefinitionNode['selectionSet']): ReadonlyMap<string, number> => {
    const counts = new Map<string, number>();
    const add = (coordinate: string, times: number) =>
      counts.set(coordinate, Math.min(ENOUGH, (counts.get(coordinate) ?? 0) + times));
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        add(`${rootType}.${selection.name.value}`, 1);
        continue;
      }
      const inner =
        selection.kind === Kind.INLINE_FRAGMENT ? count(selection.selectionSet) : countFragment(selection.name.value);
      for (const [coordinate, times] of inner) add(coordinate, times);
    }
    return counts;
  };
  return count(operation.selectionSet);
}

const nullCondition = (variable: string): Refusal =>
  refusal(400, 'BAD_USER_INPUT', `Variable "$${variable}" must not be null where a directive takes it as a Boolean!.`);

const badVariables = (errors: readonly GraphQLError[]): Refusal =>
  new Refusal(
    400,
    errors.map(({ message, locations }) => ({
      message,
      ...(locations && { locations }),
      extensions: { code: 'BAD_USER_INPUT' },
    })),
  );
