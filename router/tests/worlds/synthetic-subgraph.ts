import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  Kind,
  execute,
  getNamedType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import type { SubgraphResponse } from '../../src/compile/subgraph-call.ts';

type Source = Record<string, unknown> & { __typename?: string; __seed?: number };

/**
 * A subgraph without resolvers of its own: every value follows from who is asked for what, so that two subgraphs say the
 * same of one entity, and a run can be repeated. Some fields are null, some fail: what a router must cope with.
 */
export class SyntheticSubgraph {
  readonly schema: GraphQLSchema;
  readonly #keys: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #troubled: boolean;
  readonly #streams = new Map<string, Set<(event: Source | undefined) => void>>();
  /** Events of fields that keep them, oldest first. */
  readonly #logs = new Map<string, Source[]>();

  constructor(
    readonly name: string,
    readonly typeDefs: DocumentNode,
    /** Whether fields may be null or fail. */
    troubled: boolean,
  ) {
    this.#keys = keysOf(typeDefs);
    this.#troubled = troubled;
    const resolvers = Object.fromEntries(
      [...this.#keys.keys()].map((typename) => [
        typename,
        { __resolveReference: (reference: Source) => this.#refer(reference) },
      ]),
    );
    this.schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
    for (const field of Object.values(this.schema.getSubscriptionType()?.getFields() ?? {})) {
      field.subscribe = (_root: unknown, { after }: { after?: string | null }) => this.#stream(field.name, after);
      field.resolve = (payload: unknown) => payload;
    }
  }

  /** Subscriptions to a field that are open. */
  listening(field: string): number {
    return this.#streams.get(field)?.size ?? 0;
  }

  /** Tells everybody who is subscribed to a field. What the event does not say follows from its number. */
  emit(field: string, event: Source): void {
    for (const push of this.#streams.get(field) ?? []) push({ __seed: 1, ...event });
  }

  /** As `emit`, of an event that is kept: who subscribes with the place of one before it as `after` is told of it first. */
  record(field: string, event: Source & { place: string }): void {
    this.#logs.set(field, [...(this.#logs.get(field) ?? []), { __seed: 1, ...event }]);
    this.emit(field, event);
  }

  /** Ends every subscription to a field, as a subgraph may. */
  complete(field: string): void {
    for (const push of this.#streams.get(field) ?? []) push(undefined);
  }

  #stream(field: string, after: string | null | undefined): AsyncIterableIterator<Source> {
    const log = this.#logs.get(field) ?? [];
    const waiting: (Source | undefined)[] =
      after == null ? [] : log.slice(log.findIndex(({ place }) => place === after) + 1);
    let wake: (() => void) | undefined;
    let over = false;
    const push = (event: Source | undefined) => {
      waiting.push(event);
      wake?.();
    };
    const streams = this.#streams.get(field) ?? new Set();
    this.#streams.set(field, streams.add(push));
    const end = () => {
      over = true;
      streams.delete(push);
      wake?.();
      return { done: true as const, value: undefined };
    };
    return {
      async next() {
        while (waiting.length === 0 && !over) {
          await new Promise<void>((woken) => {
            wake = woken;
          });
        }
        const value = waiting.shift();
        return value === undefined ? end() : { done: false, value };
      },
      return: async () => end(),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  async answer(body: {
    query: string;
    operationName?: string;
    variables?: Record<string, unknown>;
  }): Promise<SubgraphResponse> {
    const result = await execute({
      schema: this.schema,
      document: parse(body.query),
      rootValue: { __seed: 7 },
      variableValues: body.variables ?? {},
      operationName: body.operationName ?? null,
      fieldResolver: this.fieldResolver,
    });
    return JSON.parse(JSON.stringify(result)) as SubgraphResponse;
  }

  #refer(reference: Source): Source | null {
    const typename = String(reference.__typename);
    const type = this.schema.getType(typename);
    const number = numberIn(reference, this.#keys.get(typename) ?? new Set());
    if (this.#troubled && number % 11 === 7) return null;
    const known = { ...reference, __seed: number };
    if (!isInterfaceType(type)) return known;
    const possible = this.schema.getPossibleTypes(type);
    return { ...known, __typename: possible[number % possible.length]?.name ?? typename };
  }

  readonly fieldResolver: GraphQLFieldResolver<Source, unknown> = (source, args, _context, info) => {
    if (Object.hasOwn(source, info.fieldName)) return source[info.fieldName];
    const isKey = this.#keys.get(info.parentType.name)?.has(info.fieldName) ?? false;
    if (isKey) return this.#key(info.returnType, source.__seed ?? 0);
    const seed = hash(`${source.__seed}/${info.fieldName}/${JSON.stringify(args)}`);
    return this.#make(info.returnType, seed, info);
  };

  /** Whatever of the key is asked for, it is made of the entity's number. */
  #key(type: GraphQLOutputType, number: number): unknown {
    const named = getNamedType(type);
    if (isObjectType(named)) return { __typename: named.name, __seed: number };
    return named.name === 'Int' ? number : `k${number}`;
  }

  #make(type: GraphQLOutputType, seed: number, info: GraphQLResolveInfo): unknown {
    if (this.#troubled) {
      if (seed % 43 === 1) throw new Error(`no ${info.fieldName} today`);
      if (seed % (isNonNullType(type) ? 61 : 9) === 2) return null;
    }
    const nullable = isNonNullType(type) ? type.ofType : type;
    if (isListType(nullable)) {
      return Array.from({ length: seed % 4 }, (_none, index) =>
        this.#make(nullable.ofType as GraphQLOutputType, hash(`${seed}/${index}`), info),
      );
    }
    if (isLeafType(nullable)) {
      if (isEnumType(nullable)) return nullable.getValues()[seed % nullable.getValues().length]?.name;
      if (nullable.name === 'Int') return seed % 1_000;
      if (nullable.name === 'Float') return (seed % 1_000) / 8;
      if (nullable.name === 'Boolean') return seed % 2 === 0;
      return `${nullable.name}-${seed % 100}`;
    }
    const possible = isObjectType(nullable) ? [nullable] : this.schema.getPossibleTypes(nullable);
    const chosen = possible[seed % possible.length];
    if (!chosen) return null;
    const number = this.#keys.has(chosen.name) ? seed % 40 : seed;
    return { __typename: chosen.name, __seed: number };
  }
}

/** Names of the fields that are part of some key, by type; those of objects inside a key too. */
function keysOf(typeDefs: DocumentNode): Map<string, Set<string>> {
  const keys = new Map<string, Set<string>>();
  const add = (typename: string, field: string) => keys.set(typename, (keys.get(typename) ?? new Set()).add(field));
  for (const definition of typeDefs.definitions) {
    if (!('directives' in definition) || !('name' in definition) || !definition.name) continue;
    for (const { name, arguments: given = [] } of definition.directives ?? []) {
      const fields = given.find((argument) => argument.name.value === 'fields')?.value;
      if (name.value !== 'key' || fields?.kind !== Kind.STRING) continue;
      const typename = definition.name.value;
      for (const selection of parse(`{${fields.value}}`).definitions.flatMap((d) =>
        d.kind === Kind.OPERATION_DEFINITION ? d.selectionSet.selections : [],
      )) {
        if (selection.kind === Kind.FIELD) add(typename, selection.name.value);
      }
    }
  }
  return keys;
}

function numberIn(reference: Source, keys: ReadonlySet<string>): number {
  let found: number | undefined;
  const look = (value: unknown): void => {
    if (typeof value === 'number') found ??= value;
    else if (typeof value === 'string') found ??= Number(/^k(\d+)$/.exec(value)?.[1] ?? Number.NaN);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) if (name !== '__typename') look(inner);
    }
  };
  for (const key of keys) if (Object.hasOwn(reference, key)) look(reference[key]);
  return Number.isFinite(found) ? (found ?? 0) : 0;
}

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
