import {
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  GraphQLError,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { fragmentsOf, findOperation } from '../compile/compile-operation.ts';
import { checkLimits, type Limits } from './check-limits.ts';
import { TOO_DEEP, checkNesting } from './document-nesting.ts';
import { Refusal } from './refusal.ts';

/** More are not told. */
const MOST_ERRORS = 20;

export interface DocumentRules {
  readonly limits: Limits;
  /** Whether clients may ask for the schema, and are told which field they may have meant. */
  readonly introspection: boolean;
}

/**
 * Parses and validates a document, and checks the chosen operation against the limits.
 * @throws Refusal (400)
 */
export function prepareDocument(
  schema: GraphQLSchema,
  source: string,
  operationName: string | undefined,
  { limits, introspection }: DocumentRules,
): DocumentNode {
  const document = parseWithin(source, limits.tokens);
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const faults = faultsOf(() =>
    validate(schema, document, rules, { maxErrors: MOST_ERRORS, hideSuggestions: !introspection }),
  );
  if (faults.length > 0) throw refuse(faults, 'GRAPHQL_VALIDATION_FAILED');
  let operation;
  try {
    operation = findOperation(document, operationName);
  } catch (error) {
    throw refuse([error as GraphQLError], 'OPERATION_RESOLUTION_FAILURE');
  }
  checkLimits(operation, fragmentsOf(document), limits);
  return document;
}

/** What is wrong; graphql-js throws it where a variable decides whether a subscription has a field at all. */
function faultsOf(validate: () => readonly GraphQLError[]): readonly GraphQLError[] {
  try {
    return validate();
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    // Fragments that spread each other in a long row.
    if (error instanceof RangeError) return [new GraphQLError(TOO_DEEP)];
    throw error;
  }
}

function parseWithin(source: string, maxTokens: number): DocumentNode {
  checkNesting(source, maxTokens);
  try {
    return parse(source, { maxTokens });
  } catch (error) {
    if (error instanceof GraphQLError) throw refuse([error], 'GRAPHQL_PARSE_FAILED');
    throw error;
  }
}

const refuse = (errors: readonly GraphQLError[], code: string): Refusal =>
  new Refusal(
    400,
    errors.map(({ message, locations }) => ({ message, ...(locations && { locations }), extensions: { code } })),
  );
