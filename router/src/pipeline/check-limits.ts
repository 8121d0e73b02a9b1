import type { FragmentDefinitionNode, GraphQLFormattedError, OperationDefinitionNode } from 'graphql';
import type { Settings } from '../settings/settings.ts';
import { measureOperation } from './measure-document.ts';
import { Refusal } from './refusal.ts';

export type Limits = Settings['limits'];

/** @throws Refusal (400) that names every limit which the operation exceeds */
export function checkLimits(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  limits: Limits,
): void {
  const measures = measureOperation(operation, fragments);
  const errors: GraphQLFormattedError[] = [];
  for (const name of ['depth', 'fields', 'aliases', 'rootFields', 'directives'] as const) {
    const [found, limit] = [measures[name], limits[name]];
    if (limit === undefined || found <= limit) continue;
    errors.push({
      message: `The operation has ${NAMES[name]} ${found}; at most ${limit} are allowed.`,
      extensions: { code: 'OPERATION_TOO_LARGE', limit: name, allowed: limit, found },
    });
  }
  if (measures.reservedAliases > 0) {
    errors.push({
      message: 'The alias "__typename" is reserved for the type of an object.',
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  }
  if (errors.length > 0) throw new Refusal(400, errors);
}

const NAMES = {
  depth: 'a depth of',
  fields: 'fields:',
  aliases: 'aliases:',
  rootFields: 'root fields:',
  directives: 'directives:',
} as const;
