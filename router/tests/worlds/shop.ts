import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@apollo/composition';
import { graphql, parse } from 'graphql';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires"])`;
const USERS = 26;
const PRODUCTS = 10;

const review = (number: number) => ({
  id: `r${number}`,
  body: `Review ${number}: as good as the one before, and a little longer.`,
  author: { id: `u${number % USERS}` },
  product: { upc: `p${number % PRODUCTS}` },
});
const numberIn = (id: string): number => Number(id.slice(1));
const user = (id: string) => ({ id, name: `User ${id}`, username: `name-of-${id}` });
const product = (upc: string) => ({ upc, name: `Product ${upc}`, price: 10 * numberIn(upc), weight: 7 });

/** Four subgraphs of a shop, without any directive about cost: where many federation examples begin. */
const subgraphs = {
  users: {
    sdl: `type Query { users: [User!]! } type User @key(fields: "id") { id: ID! name: String username: String }`,
    resolvers: {
      Query: { users: () => Array.from({ length: USERS }, (_none, number) => user(`u${number}`)) },
      User: { __resolveReference: ({ id }: { id: string }) => user(id) },
    },
  },
  reviews: {
    sdl: `type Review @key(fields: "id") { id: ID! body: String author: User product: Product }
      type User @key(fields: "id") { id: ID! reviews: [Review!]! }
      type Product @key(fields: "upc") { upc: String! reviews: [Review!]! }`,
    resolvers: {
      User: { reviews: ({ id }: { id: string }) => [review(numberIn(id)), review(numberIn(id) + USERS)] },
      Product: { reviews: ({ upc }: { upc: string }) => [0, 1, 2].map((n) => review(numberIn(upc) + n * PRODUCTS)) },
    },
  },
  products: {
    sdl: `type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
    resolvers: { Product: { __resolveReference: ({ upc }: { upc: string }) => product(upc) } },
  },
  inventory: {
    sdl: `type Product @key(fields: "upc") {
      upc: String! price: Int @external weight: Int @external inStock: Boolean
      shipping: Int @requires(fields: "price weight") }`,
    resolvers: {
      Product: {
        inStock: ({ upc }: { upc: string }) => numberIn(upc) % 2 === 0,
        shipping: ({ price, weight }: { price: number; weight: number }) => price * weight,
      },
    },
  },
};

/** The subgraphs of the shop, each on a port of its own. */
export class Shop {
  private constructor(
    readonly supergraphSdl: string,
    private readonly servers: readonly Server[],
  ) {}

  static async open(): Promise<Shop> {
    const servers: Server[] = [];
    const services = [];
    for (const [name, { sdl, resolvers }] of Object.entries(subgraphs)) {
      const typeDefs = parse(`${LINK} ${sdl}`);
      const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
      const server = createServer((req, res) => {
        let text = '';
        req.on('data', (chunk) => (text += String(chunk)));
        req.on('end', () => {
          const { query, variables } = JSON.parse(text) as { query: string; variables?: Record<string, unknown> };
          void graphql({ schema, source: query, variableValues: variables }).then((result) =>
            res.setHeader('content-type', 'application/json').end(JSON.stringify(result)),
          );
        });
      });
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      servers.push(server);
      services.push({ name, typeDefs, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` });
    }
    const { supergraphSdl, errors } = composeServices(services);
    if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
    return new Shop(supergraphSdl, servers);
  }

  async close(): Promise<void> {
    for (const server of this.servers) {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    }
  }
}
