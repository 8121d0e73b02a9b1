import {
  namedTypeOf,
  type ArgumentDeclaration,
  type Declaration,
  type FieldDeclaration,
  type FieldsDeclaration,
  type Subgraph,
} from './model.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@override", "@interfaceObject", "@inaccessible", "@tag"])`;

/** Declared by every subgraph. */
export const LEAF_TYPES = [
  'enum Colour { RED GREEN BLUE }',
  'scalar Json',
  'input Filter { text: String n: Int = 4 colour: Colour tags: [String!] deep: Filter }',
];

/** The SDL of a subgraph, with the directives of Federation 2. */
export function printSubgraph({ types }: Subgraph): string {
  return [LINK, ...LEAF_TYPES, ...types.map(printType)].join('\n');
}

function printType(type: Declaration): string {
  if (type.kind === 'union') return `union ${type.name} = ${type.members.join(' | ')}`;
  const keyword = type.kind === 'interface' ? 'interface' : 'type';
  const keys = type.keys.map(
    ({ fields, resolvable }) => ` @key(fields: "${fields}"${resolvable ? '' : ', resolvable: false'})`,
  );
  const interfaceObject = type.kind === 'interface object' ? ' @interfaceObject' : '';
  const shareable = type.kind === 'value' ? ' @shareable' : '';
  const fields = type.fields.map((field) => `  ${printField(field)}\n`).join('');
  return `${keyword} ${type.name}${printImplements(type)}${keys.join('')}${interfaceObject}${shareable} {\n${fields}}`;
}

export const printImplements = ({ implements: interfaces }: Pick<FieldsDeclaration, 'implements'>): string =>
  interfaces.length === 0 ? '' : ` implements ${interfaces.join(' & ')}`;

function printField(field: FieldDeclaration): string {
  const directives = [
    field.role === 'external' && '@external',
    field.shareable && '@shareable',
    field.requires !== undefined && `@requires(fields: ${JSON.stringify(field.requires)})`,
    field.provides !== undefined && `@provides(fields: ${JSON.stringify(field.provides)})`,
    field.override !== undefined && `@override(from: "${field.override}")`,
    field.inaccessible && '@inaccessible',
    field.tag !== undefined && `@tag(name: "${field.tag}")`,
  ].filter(Boolean);
  return [`${field.name}${printArguments(field.args)}: ${field.type}`, ...directives].join(' ');
}

export function printArguments(args: readonly ArgumentDeclaration[]): string {
  if (args.length === 0) return '';
  const printed = args.map(
    ({ name, type, defaultValue }) => `${name}: ${type}${defaultValue === undefined ? '' : ` = ${defaultValue}`}`,
  );
  return `(${printed.join(', ')})`;
}

/** Whether a type is declared by every subgraph, or built in. */
export const isLeafName = (type: string): boolean =>
  ['ID', 'String', 'Int', 'Float', 'Boolean', 'Colour', 'Json'].includes(namedTypeOf(type));
