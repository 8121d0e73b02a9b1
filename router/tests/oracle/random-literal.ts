import type { Random } from './random.ts';

const INPUT_FIELDS: Readonly<Record<string, string>> = {
  text: 'String',
  n: 'Int',
  colour: 'Colour',
  tags: '[String!]',
  deep: 'Filter',
};

/** A value for an input type. @param type in SDL */
export function randomInput(random: Random, type: string, depth = 0): unknown {
  const isNonNull = type.endsWith('!');
  const nullable = isNonNull ? type.slice(0, -1) : type;
  if (!isNonNull && random.happens(0.12)) return null;
  if (nullable.startsWith('[')) {
    return Array.from({ length: random.below(3) }, () => randomInput(random, nullable.slice(1, -1), depth));
  }
  switch (nullable) {
    case 'Int':
      return random.below(4);
    case 'Float':
      return random.below(20) / 4;
    case 'Boolean':
      return random.happens(0.5);
    case 'Colour':
      return new EnumValue(random.pick(['RED', 'GREEN', 'BLUE']));
    case 'Json':
      return random.happens(0.5) ? 'a "json"' : { a: 1, b: [true, 'x'] };
    case 'Filter':
      return Object.fromEntries(
        Object.entries(INPUT_FIELDS)
          .filter(() => depth < 2 && random.happens(0.35))
          .map(([name, inner]) => [name, randomInput(random, inner, depth + 1)]),
      );
    default:
      return random.pick(['a', 'é"b"', '7', '']);
  }
}

/** Written without quotes in GraphQL, with them in JSON. */
export class EnumValue {
  constructor(private readonly name: string) {}
  toJSON(): string {
    return this.name;
  }
}

/** A value as GraphQL writes it. */
export function printLiteral(value: unknown): string {
  if (value instanceof EnumValue) return value.toJSON();
  if (Array.isArray(value)) return `[${value.map(printLiteral).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, inner]) => `${name}: ${printLiteral(inner)}`);
  return `{ ${fields.join(', ')} }`;
}
