import {
  Kind,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  parse,
  type ConstDirectiveNode,
  type DocumentNode,
} from 'graphql';
import type { ResumeRule, ResumeRules } from '../compile/resumable-operation.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';

/** The rules that hold for a supergraph, and what is wrong with the others. */
export function checkResume(
  rules: ResumeRules,
  supergraph: Supergraph,
): { readonly resume: ResumeRules; readonly faults: readonly string[] } {
  if (Object.keys(rules).length === 0) return { resume: {}, faults: [] };
  const document = parse(supergraph.sdl);
  const faults: string[] = [];
  const holding = Object.entries(rules).filter(([field, rule]) => {
    const fault = faultOf(field, rule, supergraph, document);
    if (fault !== undefined) faults.push(`subscriptions.resume.${field}: ${fault}`);
    return fault === undefined;
  });
  return { resume: Object.fromEntries(holding), faults };
}

function faultOf(
  name: string,
  { argument, cursor }: ResumeRule,
  { fullSchema }: Supergraph,
  document: DocumentNode,
): string | undefined {
  const root = fullSchema.getSubscriptionType();
  const field = root?.getFields()[name];
  if (!root || !field) return 'the supergraph has no such subscription';
  const begins = field.args.find((one) => one.name === argument);
  if (!begins) return `it takes no argument "${argument}"`;
  const told = getNullableType(field.type);
  if (!isObjectType(told) && !isInterfaceType(told)) return `it tells of ${String(told)}, which can't have a cursor`;
  const place = told.getFields()[cursor];
  if (!place || place.args.some(isRequiredArgument)) return `${told.name} has no field "${cursor}" without arguments`;
  const [from, to] = [getNullableType(place.type), getNullableType(begins.type)];
  if (isListType(from) || isListType(to) || !isLeafType(getNamedType(from)) || String(from) !== String(to)) {
    return `"${argument}" takes ${String(begins.type)}, and "${told.name}.${cursor}" is ${String(place.type)}`;
  }
  const [tellers, placers] = [graphsOf(document, root.name, name), graphsOf(document, told.name, cursor)];
  return tellers.every((graph) => placers.includes(graph))
    ? undefined
    : `"${told.name}.${cursor}" is not of the subgraph that is subscribed to`;
}

/** The subgraphs that answer a field, as the supergraph names them (join specification). */
function graphsOf({ definitions }: DocumentNode, typeName: string, fieldName: string): string[] {
  for (const type of definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    if (type.name.value !== typeName) continue;
    const field = type.fields?.find(({ name }) => name.value === fieldName);
    const own = argumentsOf(field?.directives, 'join__field').filter(({ graph }) => graph !== undefined);
    const joins = own.length > 0 ? own : argumentsOf(type.directives, 'join__type');
    return joins.flatMap(({ graph, external, usedOverridden }) =>
      typeof graph === 'string' && external !== true && usedOverridden !== true ? [graph] : [],
    );
  }
  return [];
}

function argumentsOf(directives: readonly ConstDirectiveNode[] = [], name: string): Record<string, unknown>[] {
  return directives
    .filter((directive) => directive.name.value === name)
    .map(({ arguments: given = [] }) =>
      Object.fromEntries(given.map((one) => [one.name.value, 'value' in one.value ? one.value.value : undefined])),
    );
}
