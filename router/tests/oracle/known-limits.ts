/** A shape that the router is known to answer wrongly, and that is not generated until it is fixed. */
interface KnownLimit {
  readonly what: string;
  /** Subgraphs and an operation that show it. */
  readonly reproduction: string;
}

const LIMITS = {
  requiredChain: {
    what: 'a field that another subgraph requires, and that is itself computed by @requires',
    reproduction: `
      ash: type Query { user: User } type User @key(fields: "id") { id: ID! near: Int @external first: Int @requires(fields: "near") }
      birch: type User @key(fields: "id") { id: ID! near: Int first: Int @external also: Int @requires(fields: "first") }
      { user { also } }: the planner asks ash for near`,
  },
  requiredBelowReference: {
    what: '@requires through a reference that the subgraph resolves itself, and others know as external or provide from',
    reproduction: `
      ash: type Book @key(fields: "id") { id: ID! near: Book title: Int @external last: Int @requires(fields: "near { title }") }
      birch: type Query { book: Book } type Book @key(fields: "id") {
        id: ID! title: Int near: Book @external first: Int @requires(fields: "near { id }") }
      { book { last } }: the planner asks birch for near`,
  },
  conditionalAndAgain: {
    what: 'a field that is selected under a condition and again elsewhere',
    reproduction: `
      birch: type Mutation { count: Int! } cedar: type Mutation { other: Int! }
      mutation { count @include(if: true) other count }: count is executed twice, and fields are in another order`,
  },
  mutationFieldAgain: {
    what: 'a field of a mutation that is selected twice under one name',
    reproduction: `
      ash: type Mutation { count: Int! }
      mutation { count ...F } fragment F on Mutation { x: count count }: x is executed first`,
  },
  allConditional: {
    what: 'an object all of whose selections have conditions',
    reproduction: `
      ash: type Query { room: Room! } type Room { id: ID! }
      query ($yes: Boolean! = true) { room @include(if: $yes) { id @skip(if: $yes) } }: room is null, not {}`,
  },
  conditionalComputed: {
    what: 'a field with @requires under a condition',
    reproduction: `
      ash: type User @key(fields: "id") { id: ID! near: User! friend: Int }
      birch: type Query { user: User! } type User @key(fields: "id") {
        id: ID! friend: Int @external near: User! @external first: String last: Boolean @requires(fields: "near { friend }") }
      { user { near { first last @skip(if: true) } } }: first is null, without an error`,
  },
  interfaceObjectFragment: {
    what: 'a fragment on another abstract type where a subgraph has an interface object',
    reproduction: `
      birch: interface Thing { label: ID! } interface Item @key(fields: "id") { id: ID! }
        type Book implements Thing & Item @key(fields: "id") { id: ID! label: ID! }
      cedar: type Item @key(fields: "id") @interfaceObject { id: ID! rank: Item } type Query { item: Item! }
      { item { rank { rank { ... on Thing { label } } } } }: the planner throws`,
  },
  interfaceObjectTypename: {
    what: '__typename where a subgraph has an interface object',
    reproduction: `
      cedar: type Thing @key(fields: "id") @interfaceObject { id: ID! sky: String! }
      dogwood: interface Thing @key(fields: "id") { id: ID! } type Shop implements Thing @key(fields: "id") { id: ID! }
        type Query { shops: [Shop!] }
      { shops { __typename sky } }: the answer of cedar says that a shop is a Thing, and the list is null`,
  },
  providedAndExternal: {
    what: '@requires that mixes fields of others with a reference which brings what it needs by @provides',
    reproduction: `
      ash: type User { stars: String @shareable }
      birch: type Query { book: Book } type Book @key(fields: "id") { id: ID! friend: Int }
      cedar: type User { stars: String @external } type Book @key(fields: "id") {
        id: ID! parts: User @provides(fields: "stars") friend: Int @external
        next: Float @requires(fields: "friend parts { stars }") }
      { book { next } }: cedar is not asked, next is null without an error`,
  },
  strictImplementer: {
    what: 'a field that fails and is non-null in an object type, nullable in the interface that it is selected through',
    reproduction: `
      ash: interface Thing { kind: ID } type Room implements Thing { kind: ID } type Query { thing: Thing }
        type User implements Thing @key(fields: "id") { id: ID! kind: ID! }
      birch: type User @key(fields: "id") { id: ID! kind: ID! @override(from: "ash") }
      { thing { kind } } where User.kind fails: kind is null in a User`,
  },
  sharedListOfLists: {
    what: 'a list of lists of objects that two subgraphs resolve',
    reproduction: `
      ash: type Query { books: [[Book]] @shareable } type Book @key(fields: "id") { id: ID! friend: Int }
      birch: type Query { books: [[Book]] @shareable } type Book @key(fields: "id") { id: ID! owner: Int }
      { books { friend owner } }: the lists of one answer replace those of the other`,
  },
} satisfies Readonly<Record<string, KnownLimit>>;

export type LimitName = keyof typeof LIMITS;

/** `ORACLE_LIMITS=none` generates everything; a list of names, without spaces, keeps only these limits. */
const kept = process.env.ORACLE_LIMITS?.split(',') ?? Object.keys(LIMITS);

/** Whether a shape must not be generated. */
export const isExcluded = (name: LimitName): boolean => kept.includes(name);
