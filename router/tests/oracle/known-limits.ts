/** A shape that the router answers wrongly, or refuses too often for the bound of the test: it is not generated. */
interface KnownLimit {
  readonly what: string;
  /** Subgraphs and an operation that show it. */
  readonly reproduction: string;
}

const LIMITS = {
  interfaceObjectRequires: {
    what: '@requires in an interface object, selected in a fragment on one implementation',
    reproduction: `
      ash: type Thing @key(fields: "id") @interfaceObject { id: ID! notes: Int! @external popular: Int @requires(fields: "notes") }
        type Query { things: [Thing!] }
      birch: interface Thing @key(fields: "id") { id: ID! notes: Int! }
        type User implements Thing @key(fields: "id") { id: ID! notes: Int! }
        type Shop implements Thing @key(fields: "id") { id: ID! notes: Int! }
      { things { ... on Shop { popular } } }: right since fields are asked for apart; others of the shape are refused`,
  },
  interfaceObjectFragment: {
    what: 'a fragment on another abstract type where a subgraph has an interface object',
    reproduction: `
      birch: interface Thing { label: ID! } interface Item @key(fields: "id") { id: ID! }
        type Book implements Thing & Item @key(fields: "id") { id: ID! label: ID! }
      cedar: type Item @key(fields: "id") @interfaceObject { id: ID! rank: Item } type Query { item: Item! }
      { item { rank { rank { ... on Thing { label } } } } }: refused, for the planner throws`,
  },
  providedAndExternal: {
    what: '@requires that mixes fields of others with a reference which brings what it needs by @provides',
    reproduction: `
      ash: type User { stars: String @shareable }
      birch: type Query { book: Book } type Book @key(fields: "id") { id: ID! friend: Int }
      cedar: type User { stars: String @external } type Book @key(fields: "id") {
        id: ID! parts: User @provides(fields: "stars") friend: Int @external
        next: Float @requires(fields: "friend parts { stars }") }
      { book { next } }: right since fields are asked for apart; others of the shape are refused`,
  },
} satisfies Readonly<Record<string, KnownLimit>>;

export type LimitName = keyof typeof LIMITS;

/** `ORACLE_LIMITS=none` generates everything; a list of names, without spaces, keeps only these limits. */
const kept = process.env.ORACLE_LIMITS?.split(',') ?? Object.keys(LIMITS);

/** Whether a shape must not be generated. */
export const isExcluded = (name: LimitName): boolean => kept.includes(name);
