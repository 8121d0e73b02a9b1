import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Service } from '@brigade/service-kit';
import { stringify } from 'yaml';
import { createRouter } from '../../src/service.ts';
import { World } from './world.ts';

export interface Asked {
  readonly subgraph: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: { query: string; variables: Record<string, unknown> };
}

/** A world whose subgraphs answer over HTTP, and a router in front of them, all in this process. */
export class ServedWorld {
  readonly #servers = new Map<string, Server>();
  readonly asked: Asked[] = [];
  #router: Service | undefined;

  private constructor(readonly world: World) {}

  /** @param settings what the router's settings file says, beside where the subgraphs are */
  static async open(sources: Readonly<Record<string, string>>, settings: object = {}): Promise<ServedWorld> {
    const served = new ServedWorld(new World(sources, { troubled: false }));
    const urls: Record<string, string> = {};
    for (const [name, subgraph] of served.world.subgraphs) {
      const server = createServer((req, res) => {
        let text = '';
        req.on('data', (chunk) => (text += String(chunk)));
        req.on('end', () => {
          const body = JSON.parse(text) as Asked['body'];
          served.asked.push({ subgraph: name, headers: req.headers, body });
          void subgraph.answer(body).then((answer) => res.end(JSON.stringify(answer)));
        });
      });
      served.#servers.set(name, server);
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      urls[name] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    }
    const folder = mkdtempSync(join(tmpdir(), 'served-'));
    writeFileSync(join(folder, 'supergraph.graphql'), served.world.supergraph.sdl);
    const config = join(folder, 'router.yaml');
    writeFileSync(config, stringify({ supergraph: { file: 'supergraph.graphql', urls }, ...settings }));
    served.#router = await createRouter({ config, port: '0' }).start({ LOG_LEVEL: 'silent' });
    return served;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#router?.port}/graphql`;
  }

  /** A subgraph goes away as if its process had died. */
  async end(subgraph: string): Promise<void> {
    const server = this.#servers.get(subgraph);
    server?.closeAllConnections();
    await new Promise((closed) => server?.close(closed));
  }

  async close(): Promise<void> {
    await this.#router?.stop();
    for (const server of this.#servers.values()) {
      server.closeAllConnections();
      server.close();
    }
  }
}
