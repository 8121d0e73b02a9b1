import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { Service } from '@brigade/service-kit';
import { graphql, parse, type GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { stringify } from 'yaml';
import { createRouter } from '../../src/service.ts';
import { postOver, type Reply } from './post-lanes.ts';

type Resolver = (parent: never, args: never) => unknown;

export interface SubgraphSource {
  readonly typeDefs: string;
  readonly resolvers?: Readonly<Record<string, Readonly<Record<string, Resolver | { subscribe: Resolver }>>>>;
}

export interface SubgraphAsked {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: [
  "@key", "@requires", "@provides", "@external", "@shareable", "@override", "@interfaceObject", "@authenticated"
])`;

/** Subgraphs with resolvers of their own, over HTTP and WebSocket, and a router in front of them. */
export class ServedSupergraph {
  readonly asked: SubgraphAsked[] = [];
  readonly #servers: Server[] = [];
  readonly #sockets: WebSocketServer[] = [];
  #router: Service | undefined;

  private constructor() {}

  static async open(subgraphs: Readonly<Record<string, SubgraphSource>>, settings: object = {}) {
    const served = new ServedSupergraph();
    const services = await Promise.all(
      Object.entries(subgraphs).map(async ([name, { typeDefs, resolvers }]) => {
        const document = parse(LINK + typeDefs);
        const schema = buildSubgraphSchema([{ typeDefs: document, resolvers: { ...resolvers } as never }]);
        return { name, typeDefs: document, url: await served.#serve(name, schema) };
      }),
    );
    const { supergraphSdl, errors } = composeServices(services);
    if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
    const folder = mkdtempSync(join(tmpdir(), 'served-supergraph-'));
    writeFileSync(join(folder, 'supergraph.graphql'), supergraphSdl);
    const config = join(folder, 'router.yaml');
    writeFileSync(config, stringify({ supergraph: { file: 'supergraph.graphql' }, ...settings }));
    served.#router = await createRouter({ config, port: '0' }).start({ LOG_LEVEL: 'silent' });
    return served;
  }

  async #serve(subgraph: string, schema: GraphQLSchema): Promise<string> {
    const server = createServer((req, res) => {
      let text = '';
      req.on('data', (chunk) => (text += String(chunk)));
      req.on('end', () => {
        const { query, variables } = JSON.parse(text) as SubgraphAsked;
        this.asked.push({ subgraph, query, variables });
        void graphql({ schema, source: query, variableValues: variables }).then((answer) =>
          res.end(JSON.stringify(answer)),
        );
      });
    });
    this.#servers.push(server);
    const sockets = new WebSocketServer({ server, path: '/graphql' });
    this.#sockets.push(sockets);
    useServer({ schema }, sockets);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#router?.port}/graphql`;
  }

  /** @param lane a name of `postLanes` */
  post(query: string, variables: object = {}, lane = 'the fast lane'): Promise<Reply> {
    return postOver(lane, this.url, { query, variables });
  }

  async close(): Promise<void> {
    await this.#router?.stop();
    for (const sockets of this.#sockets) for (const socket of sockets.clients) socket.terminate();
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
  }
}
