import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

const ODD_ALIASES = ['__proto__', 'constructor', 'toString', 'a', 'b'];

export interface RandomOperation {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Numbers from a seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Writes an operation that uses whatever the schema has: aliases, arguments by value and by variable, fragments on types
 * that may and may not apply, conditions. It need not be valid: fields that can't be merged are left to validation.
 */
export function randomOperation(schema: GraphQLSchema, seed: number, mostFields = 40): RandomOperation {
  return new OperationWriter(schema, seed, mostFields).write();
}

class OperationWriter {
  readonly #random: () => number;
  readonly #definitions: string[] = [];
  readonly #variables: Record<string, unknown> = {};
  readonly #fragments: string[] = [];
  #fieldsLeft: number;

  constructor(
    private readonly schema: GraphQLSchema,
    seed: number,
    mostFields: number,
  ) {
    this.#random = generator(seed);
    this.#fieldsLeft = mostFields;
  }

  write(): RandomOperation {
    const mutation = this.schema.getMutationType();
    const root = mutation && this.#happens(0.15) ? mutation : this.schema.getQueryType();
    if (!root) throw new Error('no root type');
    const selections = this.#selections(root, 0, true);
    const kind = root === mutation ? 'mutation' : 'query';
    const variables = this.#definitions.length > 0 ? `(${this.#definitions.join(', ')})` : '';
    return {
      text: [`${kind} Random${variables} ${selections}`, ...this.#fragments].join('\n'),
      variables: this.#variables,
    };
  }

  #selections(type: GraphQLCompositeType, depth: number, root = false): string {
    const parts: string[] = [];
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const count = 1 + this.#below(depth > 4 ? 2 : 4);
    for (let index = 0; index < count; index += 1) {
      if (isAbstractType(type) && this.#happens(0.5)) parts.push(this.#fragment(type, depth));
      else if (!root && this.#happens(0.15)) parts.push(`${this.#alias(0.3)}__typename`);
      else if (!root && this.#happens(0.07)) parts.push(this.#fragment(type, depth));
      else {
        const field = this.#pick(fields);
        const part = field && this.#field(field, depth);
        if (part) parts.push(part);
      }
    }
    // Without it @apollo/gateway's own executor drops what stands in `... on Interface { ... on Object { here } }`: it
    // takes the interface for the type of the object.
    const hasFragments = parts.some((part) => part.startsWith('...'));
    if (parts.length === 0 || (hasFragments && !root)) parts.push('__typename');
    return `{ ${parts.join(' ')} }`;
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string | undefined {
    const type = getNamedType(field.type);
    if (this.#fieldsLeft <= 0 && !isLeafType(type)) return undefined;
    if (depth > 6 && !isLeafType(type)) return undefined;
    this.#fieldsLeft -= 1;
    const given = field.args
      .filter((argument) => isNonNullType(argument.type) || this.#happens(0.5))
      .map(({ name, type: inputType }) => `${name}: ${this.#argument(inputType)}`);
    const list = given.length > 0 ? `(${given.join(', ')})` : '';
    const selections = isCompositeType(type) ? ` ${this.#selections(type, depth + 1)}` : '';
    return `${this.#alias(0.25)}${field.name}${list}${this.#condition()}${selections}`;
  }

  #fragment(type: GraphQLCompositeType, depth: number): string {
    const possible = isAbstractType(type) ? this.schema.getPossibleTypes(type) : [type];
    const abstract = possible.flatMap((one) => (isObjectType(one) ? one.getInterfaces() : []));
    const on = this.#pick<GraphQLCompositeType>([...possible, ...possible, ...abstract]) ?? type;
    const selections = this.#selections(on, depth + 1);
    if (this.#happens(0.2)) {
      const name = `F${this.#fragments.length}`;
      this.#fragments.push(`fragment ${name} on ${on.name} ${selections}`);
      return `...${name}${this.#condition()} ${this.#happens(0.3) ? `...${name}` : ''}`;
    }
    return this.#happens(0.1)
      ? `...${this.#condition()} ${this.#selections(type, depth + 1)}`
      : `... on ${on.name}${this.#condition()} ${selections}`;
  }

  #alias(chance: number): string {
    if (!this.#happens(chance)) return '';
    return `${this.#happens(0.3) ? (this.#pick(ODD_ALIASES) ?? 'a') : `x${this.#below(1_000)}`}: `;
  }

  #condition(): string {
    if (!this.#happens(0.12)) return '';
    const directive = this.#happens(0.5) ? '@include' : '@skip';
    if (this.#happens(0.2)) return ` ${directive}(if: ${this.#happens(0.7)})`;
    const name = `c${this.#below(3)}`;
    if (!(name in this.#variables)) {
      const hasDefault = this.#happens(0.3);
      this.#definitions.push(`$${name}: Boolean${hasDefault ? ' = true' : ''}!`.replace(/ = true!$/, '! = true'));
      this.#variables[name] = this.#happens(0.6);
    }
    return ` ${directive}(if: $${name})`;
  }

  #argument(type: GraphQLInputType): string {
    if (!this.#happens(0.4)) return this.#literal(type, 0);
    const name = `v${this.#definitions.length}`;
    this.#definitions.push(`$${name}: ${String(type)}`);
    const value = this.#value(type, 0);
    if (value !== undefined) this.#variables[name] = value;
    return `$${name}`;
  }

  #literal(type: GraphQLInputType, depth: number): string {
    return print(this.#value(type, depth), type);
  }

  #value(type: GraphQLInputType, depth: number): unknown {
    const nullable = isNonNullType(type) ? type.ofType : type;
    if (nullable === type && this.#happens(0.15)) return null;
    if (isListType(nullable)) {
      return Array.from({ length: this.#below(3) }, () => this.#value(nullable.ofType as GraphQLInputType, depth + 1));
    }
    if (isInputObjectType(nullable)) {
      return Object.fromEntries(
        Object.values(nullable.getFields())
          .filter((field) => isNonNullType(field.type) || (depth < 3 && this.#happens(0.5)))
          .map((field) => [field.name, this.#value(field.type, depth + 1)]),
      );
    }
    if (isEnumType(nullable)) return this.#pick(nullable.getValues())?.name;
    if (nullable.name === 'Int') return this.#below(5);
    if (nullable.name === 'Float') return this.#below(100) / 8;
    if (nullable.name === 'Boolean') return this.#happens(0.5);
    return `k${this.#below(40)}`;
  }

  #happens(chance: number): boolean {
    return this.#random() < chance;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<T>(from: readonly T[]): T | undefined {
    return from[this.#below(from.length)];
  }
}

function print(value: unknown, type: GraphQLInputType): string {
  const nullable = isNonNullType(type) ? type.ofType : type;
  if (value === null || value === undefined) return 'null';
  if (isListType(nullable) && Array.isArray(value)) {
    return `[${value.map((one) => print(one, nullable.ofType as GraphQLInputType)).join(', ')}]`;
  }
  if (isInputObjectType(nullable)) {
    const fields = Object.entries(value).map(
      ([name, inner]) => `${name}: ${print(inner, nullable.getFields()[name]?.type as GraphQLInputType)}`,
    );
    return `{ ${fields.join(', ')} }`;
  }
  return isEnumType(nullable) ? String(value) : JSON.stringify(value);
}
