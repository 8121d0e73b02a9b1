import {
  getNamedType,
  isAbstractType,
  isCompositeType,
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
import type { Random } from './random.ts';
import { EnumValue, printLiteral, randomInput } from './random-literal.ts';

export interface ClientOperation {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Aliases that other parts of an execution may trip over. */
const ODD_ALIASES = ['__proto__', 'constructor', 'toString', '_entities', 'representations', 'id'];

/**
 * Writes an operation that clients could send. Aliases often are the names of other fields of the same type; fields come
 * several times, with different arguments. It need not be valid.
 * @param names of fields that aliases may collide with, hidden ones included
 */
export function randomClientOperation(
  schema: GraphQLSchema,
  random: Random,
  names: readonly string[],
): ClientOperation {
  return new ClientOperationWriter(schema, random, names).write();
}

class ClientOperationWriter {
  readonly #definitions: string[] = [];
  readonly #variables: Record<string, unknown> = {};
  readonly #fragments: { name: string; on: string; text: string }[] = [];
  #fieldsLeft: number;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly random: Random,
    private readonly names: readonly string[],
  ) {
    this.#fieldsLeft = random.pick([6, 12, 25, 40]);
  }

  write(): ClientOperation {
    const mutation = this.schema.getMutationType();
    const isMutation = mutation != null && this.random.happens(0.2);
    const root = isMutation ? mutation : this.schema.getQueryType();
    if (!root) throw new TypeError('no root type');
    const selections = this.#selections(root, 0);
    const variables = this.#definitions.length > 0 ? `(${this.#definitions.join(', ')})` : '';
    const fragments = this.#fragments.map(({ name, on, text }) => `fragment ${name} on ${on} ${text}`);
    return {
      text: [`${isMutation ? 'mutation' : 'query'} Op${variables} ${selections}`, ...fragments].join('\n'),
      variables: this.#variables,
    };
  }

  #selections(type: GraphQLCompositeType, depth: number): string {
    const { random } = this;
    const parts: string[] = [];
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const count = random.between(1, depth > 4 ? 2 : 4);
    for (let index = 0; index < count; index += 1) {
      const fragmentChance = isAbstractType(type) ? 0.5 : 0.12;
      if (random.happens(fragmentChance)) parts.push(this.#fragment(type, depth));
      else if (random.happens(0.08)) parts.push(`${this.#alias(0.3)}__typename${this.#condition()}`);
      else if (fields.length > 0) parts.push(...this.#fields(random.pick(fields), depth));
    }
    const told = parts.filter((part) => part !== '');
    if (told.length === 0) told.push(this.#leaf(fields) ?? '__typename');
    return `{ ${told.join(' ')} }`;
  }

  #leaf(fields: readonly GraphQLField<unknown, unknown>[]): string | undefined {
    return fields.find(({ type, args }) => isLeafType(getNamedType(type)) && args.length === 0)?.name;
  }

  /** A field; one with arguments now and then twice. */
  #fields(field: GraphQLField<unknown, unknown>, depth: number): string[] {
    const once = this.#field(field, depth, this.#alias(0.3));
    if (field.args.length === 0 || !this.random.happens(0.3)) return [once];
    return [once, this.#field(field, depth, this.#alias(0.9))];
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number, alias: string): string {
    const type = getNamedType(field.type);
    if (!isLeafType(type) && (this.#fieldsLeft <= 0 || depth > 6)) return '';
    this.#fieldsLeft -= 1;
    const given = field.args
      .filter(
        (argument) => (isNonNullType(argument.type) && argument.defaultValue === undefined) || this.random.happens(0.5),
      )
      .map((argument) => `${argument.name}: ${this.#argument(argument.type)}`);
    const list = given.length > 0 ? `(${given.join(', ')})` : '';
    const condition = this.#condition();
    const selections = isCompositeType(type) ? ` ${this.#selections(type, depth + 1)}` : '';
    return `${alias}${field.name}${list}${condition}${selections}`;
  }

  #fragment(type: GraphQLCompositeType, depth: number): string {
    const { random, schema } = this;
    const known = this.#fragments.filter(({ on }) => on === type.name);
    if (known.length > 0 && random.happens(0.3)) return `...${random.pick(known).name}${this.#condition()}`;
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
    const interfaces = possible.flatMap((one) => (isObjectType(one) ? one.getInterfaces() : []));
    const unions = Object.values(schema.getTypeMap()).filter(
      (one) => isUnionType(one) && possible.some((member) => one.getTypes().some((other) => other === member)),
    ) as GraphQLCompositeType[];
    const on = random.pick<GraphQLCompositeType>([...possible, ...possible, ...interfaces, ...unions, type]);
    if (depth > 6 || this.#fieldsLeft <= 0) return '';
    const condition = this.#condition();
    if (random.happens(0.1)) return `...${condition} ${this.#selections(type, depth + 1)}`;
    const text = this.#selections(on, depth + 1);
    if (!random.happens(0.35)) return `... on ${on.name}${condition} ${text}`;
    const name = `F${this.#fragments.length}`;
    this.#fragments.push({ name, on: on.name, text });
    return `...${name}${condition}`;
  }

  #alias(chance: number): string {
    const { random, names } = this;
    if (!random.happens(chance)) return '';
    if (random.happens(0.55)) return `${random.pick(names)}: `;
    if (random.happens(0.01)) return '__typename: ';
    return random.happens(0.25) ? `${random.pick(ODD_ALIASES)}: ` : `x${random.below(100)}: `;
  }

  #condition(): string {
    const { random } = this;
    if (!random.happens(0.1)) return '';
    const directive = random.pick(['@include', '@skip']);
    const both = random.happens(0.1) ? this.#conditionOf(directive === '@skip' ? '@include' : '@skip') : '';
    return `${this.#conditionOf(directive)}${both}`;
  }

  #conditionOf(directive: string): string {
    const { random } = this;
    if (random.happens(0.2)) return ` ${directive}(if: ${random.happens(0.6)})`;
    const name = `c${random.below(3)}`;
    if (!this.#definitions.some((definition) => definition.startsWith(`$${name}:`))) {
      const hasDefault = random.happens(0.4);
      this.#definitions.push(`$${name}: Boolean!${hasDefault ? ` = ${random.happens(0.5)}` : ''}`);
      if (!hasDefault || random.happens(0.5)) this.#variables[name] = random.happens(0.6);
    }
    return ` ${directive}(if: $${name})`;
  }

  #argument(type: GraphQLInputType): string {
    return this.random.happens(0.35) ? this.#variable(type) : this.#literal(type);
  }

  #variable(type: GraphQLInputType): string {
    const { random } = this;
    const name = `v${this.#definitions.length}`;
    const hasDefault = random.happens(0.3);
    const defaultValue = hasDefault ? ` = ${printLiteral(notNull(random, String(type)))}` : '';
    this.#definitions.push(`$${name}: ${String(type)}${defaultValue}`);
    const mayOmit = hasDefault || !isNonNullType(type);
    if (!mayOmit || random.happens(0.6)) this.#variables[name] = plain(randomInput(random, String(type)));
    return `$${name}`;
  }

  #literal(type: GraphQLInputType): string {
    const nullable = isNonNullType(type) ? type.ofType : type;
    if (isListType(nullable) && this.random.happens(0.3)) {
      return `[${this.#argument(nullable.ofType as GraphQLInputType)}]`;
    }
    return printLiteral(randomInput(this.random, String(type)));
  }
}

function notNull(random: Random, type: string): unknown {
  return randomInput(random, type.endsWith('!') ? type : `${type}!`);
}

const plain = (value: unknown): unknown =>
  value instanceof EnumValue ? value.toJSON() : JSON.parse(JSON.stringify(value));
