import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Service } from '@brigade/service-kit';
import { stringify } from 'yaml';
import { createRouter } from '../../src/service.ts';
import { World } from '../worlds/world.ts';
import { HostileSubgraph } from './hostile-subgraph.ts';

/** Of the router, for each request to a subgraph. */
export const TIMEOUT_MS = 8_000;

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
const sources = {
  good: `${LINK}
    type Query { things: [Thing!]! }
    type Thing @key(fields: "id") { id: ID! name: String! }`,
  bad: `${LINK}
    scalar Anything
    enum Kind { SWEET SOUR }
    type Query { bad(n: Int!): Bad bads(n: Int!): [Bad!] }
    type Mutation { change(n: Int!): Bad }
    type Bad { id: ID! text: String! count: Int ratio: Float flag: Boolean kind: Kind any: Anything list: [[Int!]] one: Bad }
    type Thing @key(fields: "id") { id: ID! extra(n: Int!): String level(n: Int!): Int! }`,
};

const LEAVES = 'id text count ratio flag kind list';
/** What victims ask for, each with the number of its input. */
export const operations = {
  handedOn: `query Q($n: Int!) { bad(n: $n) { ${LEAVES} } }`,
  nested: `query Q($n: Int!) { bad(n: $n) { ${LEAVES} any one { id text any } } bads(n: $n) { id text list } }`,
  entities: 'query Q($n: Int!) { things { id name extra(n: $n) level(n: $n) } }',
  both: 'query Q($n: Int!) { bads(n: $n) { id text } things { id extra(n: $n) } }',
  mutation: 'mutation Q($n: Int!) { change(n: $n) { id text count } }',
} as const;

export interface Reply {
  readonly status: number;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly { message: string; path?: readonly unknown[]; extensions: { code: string } }[];
  };
}

/** A router between clients, one subgraph that is honest and one that is not. */
export class HostileWorld {
  readonly #world = new World(sources, { troubled: false });
  readonly #compiled = new Map<string, ReturnType<World['compile']>>();
  readonly #good: Server;
  readonly bad: HostileSubgraph;
  #router: Service | undefined;

  private constructor() {
    const answer = async (name: string, request: string): Promise<object> => {
      const body = JSON.parse(request) as { query: string; variables: Record<string, unknown> };
      return (await this.#world.subgraphs.get(name)?.answer(body)) ?? {};
    };
    this.bad = new HostileSubgraph((request) => answer('bad', request));
    this.#good = createServer((req, res) => {
      let text = '';
      req.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      req.on('end', () => void answer('good', text).then((answered) => res.end(JSON.stringify(answered))));
    });
  }

  static async open(): Promise<HostileWorld> {
    const world = new HostileWorld();
    await new Promise<void>((listening) => world.#good.listen(0, '127.0.0.1', listening));
    const urls = {
      good: `http://127.0.0.1:${(world.#good.address() as AddressInfo).port}/graphql`,
      bad: await world.bad.listen(),
    };
    const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
    writeFileSync(join(folder, 'supergraph.graphql'), world.#world.supergraph.sdl);
    const config = join(folder, 'router.yaml');
    // A breaker that opens would make the outcome of one input depend on others.
    const subgraphs = { timeoutMs: TIMEOUT_MS, mostResponseBytes: 2_000_000, breaker: { failures: 1e9 } };
    writeFileSync(config, stringify({ supergraph: { file: 'supergraph.graphql', urls }, subgraphs }));
    world.#router = await createRouter({ config, port: '0' }).start({ LOG_LEVEL: process.env.FUZZ_LOG ?? 'silent' });
    return world;
  }

  /** @throws Error when it is not answered within a minute, or with something else than JSON */
  async ask(query: string, variables: object): Promise<Reply> {
    const response = await fetch(`http://127.0.0.1:${this.#router?.port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(60_000),
    });
    return { status: response.status, body: (await response.json()) as Reply['body'] };
  }

  /** What an operation is answered where every subgraph is honest. */
  async honest(query: string, variables: Record<string, unknown>): Promise<unknown> {
    const compiled = this.#compiled.get(query) ?? this.#world.compile(query, 'Q');
    this.#compiled.set(query, compiled);
    const result = await compiled.execute(variables, this.#world.call);
    return JSON.parse(JSON.stringify(result)) as unknown;
  }

  /** What became of the requests to the hostile subgraph so far, as the router's metrics tell. */
  async outcomes(): Promise<readonly string[]> {
    const metrics = await (await fetch(`http://127.0.0.1:${this.#router?.port}/metrics`)).text();
    return metrics.match(/^router_fetch_duration_seconds_count\{.*"bad".*$/gm) ?? [];
  }

  async close(): Promise<void> {
    await this.#router?.stop();
    await this.bad.close();
    this.#good.closeAllConnections();
    this.#good.close();
  }
}
