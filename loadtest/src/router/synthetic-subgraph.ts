import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  parse,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';

type Seeded = Record<string, unknown> & { seed?: number };

const LIST_LENGTH = 3;
const LEAVES: Readonly<Record<string, (seed: number, field: string) => unknown>> = {
  ID: (seed) => `00000000-0000-7000-8000-${String(seed % 10_000).padStart(12, '0')}`,
  Int: (seed) => seed % 1_000,
  Float: (seed) => seed / 8,
  Boolean: (seed) => seed % 2 === 0,
  DateTime: (seed) => new Date(1_700_000_000_000 + seed * 1_000).toISOString(),
  String: (seed, field) =>
    field === 'description' ? `Number ${seed} of the menu, ${'as good as it gets '.repeat(3)}` : `${field} ${seed}`,
};

/** Answers whatever a subgraph may be asked with values that depend on the question alone, and each question once. */
export class SyntheticSubgraph {
  readonly schema: GraphQLSchema;
  readonly #answers = new Map<string, Buffer>();

  constructor(sdl: string) {
    this.schema = buildSubgraphSchema([{ typeDefs: parse(sdl) }]);
  }

  async answer(body: string): Promise<Buffer> {
    const known = this.#answers.get(body);
    if (known) return known;
    const { query, operationName, variables } = JSON.parse(body) as {
      query: string;
      operationName?: string;
      variables?: Record<string, unknown>;
    };
    const result = await execute({
      schema: this.schema,
      document: parse(query),
      operationName,
      variableValues: variables,
      fieldResolver,
      typeResolver: (value) => (value as { __typename?: string }).__typename,
    });
    const answer = Buffer.from(JSON.stringify(result));
    this.#answers.set(body, answer);
    return answer;
  }
}

/** What the source says, else something that fits the type. */
export const fieldResolver: GraphQLFieldResolver<Seeded, unknown> = (
  source,
  args,
  _context,
  { fieldName, returnType, schema },
) => {
  if (source && fieldName in source) return source[fieldName];
  const seed = hash(`${fieldName} ${source?.seed ?? seedOf(source)} ${JSON.stringify(args)}`);
  return valueOf(returnType, seed, fieldName, lengthOf(args, fieldName, source), schema);
};

/** Lists of a page are as long as was asked for. */
function lengthOf(args: Record<string, unknown>, fieldName: string, source: Seeded | undefined): number {
  if (typeof args.first === 'number') return args.first;
  return fieldName === 'edges' && typeof source?.length === 'number' ? source.length : LIST_LENGTH;
}

function valueOf(
  given: GraphQLOutputType,
  seed: number,
  field: string,
  length: number,
  schema: GraphQLSchema,
): unknown {
  const type = getNullableType(given);
  if (isListType(type)) {
    return Array.from({ length }, (_none, index) =>
      valueOf(type.ofType as GraphQLOutputType, seed + index, field, LIST_LENGTH, schema),
    );
  }
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[seed % named.getValues().length]?.name;
  if (!isCompositeType(named)) return (LEAVES[named.name] ?? LEAVES.String)?.(seed, field);
  const typename = isAbstractType(named) ? schema.getPossibleTypes(named)[0]?.name : named.name;
  return { __typename: typename, seed, length };
}

/** Of an entity: by its key. */
const seedOf = (source: Seeded | undefined): number => hash(String(source?.id ?? ''));

function hash(text: string): number {
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(index)) >>> 0;
  return sum % 100_000;
}
