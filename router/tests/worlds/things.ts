/** A subgraph with a field of each kind of type. */
export const things = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  enum Size { SMALL LARGE }
  scalar Anything
  interface Named { name: String! }
  type Dog implements Named { name: String! barks: Boolean }
  type Cat implements Named { name: String! lives: Int! }
  type Thing { id: ID! name: String must: String! size: Size any: Anything list: [[Int!]] number: Float one: Thing many: [Thing!] named: [Named] }
  type Query { thing: Thing }
`;
