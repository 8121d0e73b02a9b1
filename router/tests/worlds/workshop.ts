import type { SubgraphSource } from './served-supergraph.ts';

const people = { p1: { en: 'Ann', fr: 'Anne' }, p2: { en: 'John', fr: 'Jean' } } as const;
type PersonId = keyof typeof people;

const products = [
  { id: 't1', width: 2, height: 3, weights: [5, 7, 11], maker: 'p1', keeper: 'p2', name: 'table' },
  { id: 't2', width: 4, height: 1, weights: [], maker: 'p2', keeper: 'p1', name: 'bench' },
] as const;
type Stored = (typeof products)[number];

const product = (id: string) => products.find((one) => one.id === id);
const asProduct = ({ id, name, maker, keeper }: Stored) => ({
  __typename: 'Product',
  id,
  name,
  maker: { id: maker },
  keeper: { id: keeper },
});
const repairs = [
  { __typename: 'Repair', id: 'j1', by: { id: 'p2' }, of: asProduct(products[0]) },
  { __typename: 'Repair', id: 'j2', by: { id: 'p1' }, of: asProduct(products[1]) },
];

let pushed: ((value: object) => void) | undefined;

/** Tells whoever is subscribed to `made` of a product. */
export function make(id: string): void {
  const found = product(id);
  if (found) pushed?.({ made: asProduct(found) });
}
export const isSubscribed = (): boolean => pushed !== undefined;

async function* made(): AsyncGenerator<object> {
  for (;;) {
    yield await new Promise<object>((resolve) => {
      pushed = resolve;
    });
  }
}

interface Given {
  readonly id: string;
  readonly size?: { readonly width: number; readonly height?: number };
  readonly parts?: readonly { readonly weight: number }[];
  readonly estimate?: number;
}

const given = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`${what} was not given`);
  return value;
};

/** Things that are made of parts: fields that require objects, lists, fields with arguments, and each other. */
export const workshop: Readonly<Record<string, SubgraphSource>> = {
  products: {
    typeDefs: `
      type Query { products: [Product!]! work: [Work!]! found: [Found!]! }
      type Mutation { touch(id: ID!): Product }
      type Subscription { made: Product! }
      enum Unit { CM MM }
      interface Work { id: ID! }
      union Found = Product | Repair
      type Product implements Work @key(fields: "id") {
        id: ID! name: String! maker: Person! keeper: Person!
        size(unit: Unit = CM): Size! parts(first: Int! = 3): [Part!]! }
      type Repair implements Work { id: ID! by: Person! of: Product! }
      type Size { width: Int! height: Int! }
      type Part { weight(unit: String! = "kg"): Int! }
      type Person @key(fields: "id") { id: ID! }`,
    resolvers: {
      Query: {
        products: () => products.map(asProduct),
        work: () => [...products.map(asProduct), ...repairs],
        found: () => [...repairs, ...products.map(asProduct)],
      },
      Mutation: {
        touch: (_root: never, { id }: { id: string }) => {
          const found = product(id);
          return found ? asProduct(found) : null;
        },
      },
      Subscription: { made: { subscribe: made } },
      Product: {
        __resolveReference: ({ id }: { id: string }) => {
          const found = product(id);
          return found ? asProduct(found) : null;
        },
        size({ id }: { id: string }, { unit }: { unit: string }) {
          const { width, height } = product(id) as Stored;
          const factor = unit === 'MM' ? 10 : 1;
          return { width: width * factor, height: height * factor };
        },
        parts: ({ id }: { id: string }, { first }: { first: number }) =>
          (product(id) as Stored).weights.slice(0, first).map((weight) => ({ kilograms: weight })),
      },
      Part: {
        weight: ({ kilograms }: { kilograms: number }, { unit }: { unit: string }) =>
          unit === 'g' ? kilograms * 1_000 : kilograms,
      },
    },
  },
  people: {
    typeDefs: 'type Person @key(fields: "id") { id: ID! called(lang: String!): String! failing: String }',
    resolvers: {
      Person: {
        called: ({ id }: { id: PersonId }, { lang }: { lang: 'en' | 'fr' }) => people[id][lang],
        failing: () => {
          throw new Error('nobody knows');
        },
      },
    },
  },
  shipping: {
    typeDefs: `
      enum Unit { CM MM }
      type Product @key(fields: "id") {
        id: ID! size(unit: Unit = CM): Size! @external parts(first: Int! = 3): [Part!]! @external
        estimate: Int @requires(fields: "size(unit: MM) { width } parts(first: 2) { weight(unit: \\"g\\") }")
        area: Int @requires(fields: "size { width height }")
        heaviest: Int @requires(fields: "parts { weight }") }
      type Size @external { width: Int! height: Int! }
      type Part @external { weight(unit: String! = "kg"): Int! }`,
    resolvers: {
      Product: {
        estimate: ({ size, parts }: Given) =>
          given(size, 'size').width + given(parts, 'parts').reduce((sum, { weight }) => sum + weight, 0),
        area: ({ size }: Given) => given(size, 'size').width * given(size?.height, 'height'),
        heaviest: ({ parts }: Given) => Math.max(0, ...given(parts, 'parts').map(({ weight }) => weight)),
      },
    },
  },
  billing: {
    typeDefs: `
      type Product @key(fields: "id") {
        id: ID! estimate: Int @external
        price: String @requires(fields: "estimate") }`,
    resolvers: { Product: { price: ({ estimate }: Given) => `${given(estimate, 'estimate')} EUR` } },
  },
};
