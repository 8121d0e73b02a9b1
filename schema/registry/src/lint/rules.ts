import { Kind, type ConstDirectiveNode, type DocumentNode, type TypeNode } from 'graphql';
import type { Element } from './elements.ts';
import type { LintRule } from './findings.ts';

/** What a rule says of an element: its message, or nothing. */
export type Rule = (element: Element, schema: SchemaFacts) => { rule: LintRule; message: string } | undefined;

/** What rules need to know beside the element. */
export interface SchemaFacts {
  /** Types with a `@key`: there may be any number of them. */
  readonly entities: ReadonlySet<string>;
}

export function factsOf(document: DocumentNode): SchemaFacts {
  const entities = document.definitions.flatMap((definition) =>
    'name' in definition && definition.name && directive(definition, 'key') ? [definition.name.value] : [],
  );
  return { entities: new Set(entities) };
}

const naming: Rule = ({ node, coordinate }) => {
  const { form, rule, says } = namesOf(node.kind);
  return form.test(node.name.value) ? undefined : { rule, message: `${coordinate} is not in ${says}.` };
};

function namesOf(kind: string): { form: RegExp; rule: LintRule; says: string } {
  if (kind === Kind.FIELD_DEFINITION || kind === Kind.INPUT_VALUE_DEFINITION) {
    return { form: /^_?[a-z][A-Za-z0-9]*$/, rule: 'FIELD_NAMES_SHOULD_BE_CAMEL_CASE', says: 'camelCase' };
  }
  if (kind === Kind.ENUM_VALUE_DEFINITION) {
    const form = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
    return { form, rule: 'ENUM_VALUES_SHOULD_BE_SCREAMING_SNAKE_CASE', says: 'CAPITALS' };
  }
  return { form: /^[A-Z][A-Za-z0-9]*$/, rule: 'TYPE_NAMES_SHOULD_BE_PASCAL_CASE', says: 'PascalCase' };
}

const inputSuffix: Rule = ({ node, coordinate }) =>
  node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && !/(Input|Filter)$/.test(coordinate)
    ? { rule: 'INPUT_TYPE_SUFFIX', message: `The input ${coordinate} ends with neither Input nor Filter.` }
    : undefined;

const rootTypes = new Set(['Query', 'Mutation', 'Subscription']);

const description: Rule = ({ node, coordinate }) => {
  if (!('description' in node) && node.kind.endsWith('Extension')) return undefined;
  if (rootTypes.has(coordinate)) return undefined;
  const text = 'description' in node ? node.description?.value.trim() : undefined;
  return text ? undefined : { rule: 'ALL_ELEMENTS_REQUIRE_DESCRIPTION', message: `${coordinate} has no description.` };
};

const deprecation: Rule = ({ node, coordinate }) => {
  const deprecated = directive(node, 'deprecated');
  if (!deprecated) return undefined;
  const reason = deprecated.arguments?.find(({ name }) => name.value === 'reason')?.value;
  const text = reason?.kind === Kind.STRING ? reason.value.trim() : '';
  if (text === '' || text === 'No longer supported') {
    return { rule: 'DEPRECATED_DIRECTIVE_REASON', message: `${coordinate} is deprecated without a reason.` };
  }
  if (/\b\d{4}-\d{2}-\d{2}\b/.test(text)) return undefined;
  const message = `The reason why ${coordinate} is deprecated does not say when it goes (yyyy-mm-dd).`;
  return { rule: 'DEPRECATION_REQUIRES_DATE', message };
};

/** A list without end needs pages: of entities, and anything at the root. `@listSize(assumedSize:)` says where it ends. */
const pagination: Rule = ({ node, coordinate, owner }, { entities }) => {
  if (node.kind !== Kind.FIELD_DEFINITION || !isList(node.type)) return undefined;
  const open = entities.has(namedType(node.type)) || owner.name.value === 'Query';
  const paged = node.arguments?.some(({ name }) => name.value === 'first' || name.value === 'limit');
  if (!open || paged || directive(node, 'listSize')) return undefined;
  const message = `${coordinate} is a list without pages: take \`first\`, or say with @listSize where it ends.`;
  return { rule: 'LISTS_REQUIRE_PAGINATION', message };
};

export const rules: readonly Rule[] = [naming, inputSuffix, description, deprecation, pagination];

function directive(node: object, name: string): ConstDirectiveNode | undefined {
  const { directives = [] } = node as { directives?: readonly ConstDirectiveNode[] };
  return directives.find((candidate) => candidate.name.value === name);
}

const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type));

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));
