const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: [
  "@key", "@requires", "@provides", "@external", "@shareable", "@override", "@interfaceObject", "@inaccessible"
])`;

/** Small supergraphs, each for some of what Federation 2 can say: subgraphs by name. */
export const supergraphs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'keys, requires, provides, shareable, override': {
    products: `${LINK}
      type Query { products(first: Int = 3): [Product!]! product(id: ID!): Product topProduct: Product! }
      type Mutation { rename(id: ID!, name: String!): Product touch(id: ID!): Product! }
      type Product @key(fields: "id") @key(fields: "sku brand { id }") {
        id: ID! sku: String! brand: Brand! name: String size: Size! weight: Float
        tags: [String!] related(first: Int): [Product] price: Int! @override(from: "legacy")
        category: Category @provides(fields: "title")
      }
      type Brand @key(fields: "id") { id: ID! label: String @shareable }
      type Category @key(fields: "id") { id: ID! title: String @external }
      type Size @shareable { height: Int! width: Int }`,
    legacy: `${LINK}
      type Product @key(fields: "id") { id: ID! price: Int! oldPrice: Int }
      type Category @key(fields: "id") { id: ID! title: String @shareable parent: Category popular: [Product!] }`,
    shipping: `${LINK}
      type Query { cheapest: Product }
      type Mutation { ship(id: ID!): Shipment! }
      type Shipment { product: Product cost: Int! }
      type Product @key(fields: "id") {
        id: ID! weight: Float @external price: Int! @external
        estimate: Int @requires(fields: "weight price") label: String @requires(fields: "weight")
        warehouses: [Warehouse!]!
      }
      type Warehouse @key(fields: "code") { code: ID! city: String! products: [Product!] }`,
    reviews: `${LINK}
      type Product @key(fields: "sku brand { id }") {
        sku: String! brand: Brand! reviews(first: Int): [Review!] stars: Float
      }
      type Brand @key(fields: "id") { id: ID! label: String @shareable score: Int! }
      type Review @key(fields: "id") { id: ID! text: String! author: User! product: Product }
      type User @key(fields: "id") { id: ID! name: String! @shareable reviews: [Review] }`,
    users: `${LINK}
      type Query { me: User users: [User!] }
      type User @key(fields: "id") { id: ID! name: String! @shareable email: String friends: [User!] }`,
  },
  'interfaces and unions': {
    catalog: `${LINK}
      type Query { things: [Thing!]! node(id: ID!): Node found: [Found] one: Found }
      interface Node { id: ID! }
      interface Thing implements Node { id: ID! name: String owner: Owner }
      type Book implements Node & Thing @key(fields: "id") { id: ID! name: String owner: Owner pages: Int! value: Int! author: Person }
      type Film implements Node & Thing @key(fields: "id") { id: ID! name: String owner: Owner minutes: Int value: String director: Person! }
      type Person @key(fields: "id") { id: ID! works: [Thing!] }
      union Found = Book | Film | Person
      union Owner = Person | Library
      type Library @key(fields: "id") { id: ID! town: String! }`,
    people: `${LINK}
      interface Named { fullName: String! }
      type Person implements Named @key(fields: "id") { id: ID! fullName: String! born: Int favourite: Found }
      type Library implements Named @key(fields: "id") { id: ID! fullName: String! opening: Int members: [Person!]! }
      union Found = Book | Person
      type Book @key(fields: "id") { id: ID! printed: Int }
      type Query { named: [Named] person(id: ID!): Person }`,
  },
  'interface objects': {
    media: `${LINK}
      type Query { media: [Media!]! medium(id: ID!): Media films: [Film!] }
      interface Media @key(fields: "id") { id: ID! title: String! }
      type Film implements Media @key(fields: "id") { id: ID! title: String! minutes: Int }
      type Song implements Media @key(fields: "id") { id: ID! title: String! beats: Int! }`,
    ratings: `${LINK}
      type Query { best: Media rated: [Media!] }
      type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int! critics: [Critic!] similar: Media }
      type Critic { name: String! of: Media }`,
    views: `${LINK}
      type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int! @external views: Int popular: Boolean! @requires(fields: "stars") }`,
  },
  'scalars, enums and odd names': {
    one: `${LINK}
      scalar Date
      enum Colour { RED GREEN BLUE }
      type Query { odd: Odd! odds(colours: [Colour!] = [RED], filter: Filter): [[Odd]] constructor: String toString: Odd }
      input Filter { text: String after: Date deep: Filter }
      type Odd @key(fields: "id") { id: ID! date: Date! colour: Colour! colours: [Colour] valueOf: Int matrix: [[Int!]!] }`,
    two: `${LINK}
      scalar Date
      enum Colour { RED GREEN BLUE }
      type Odd @key(fields: "id") { id: ID! hasOwnProperty: String seen: Date @inaccessible next(colour: Colour): Odd! }`,
  },
  subscriptions: {
    events: `${LINK}
      type Query { now: Int }
      type Subscription { ticked(id: ID): Tick! alarm: Tick logged(after: String, id: ID): Entry! }
      type Tick { n: Int! product: Product owner: User late: Int! }
      type Entry { n: Int! place: String! product: Product owner: User }
      type Product @key(fields: "id") { id: ID! }
      type User @key(fields: "id") { id: ID! }`,
    products: `${LINK}
      type Query { product(id: ID!): Product }
      type Mutation { touch(id: ID!): Product }
      type Product @key(fields: "id") { id: ID! name: String! }`,
    users: `${LINK}
      type Query { me: User }
      type User @key(fields: "id") { id: ID! email: String! friend: User }`,
  },
};
