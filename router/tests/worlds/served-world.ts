import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Service } from '@brigade/service-kit';
import { subscribe } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
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
  readonly #left: Server[] = [];
  readonly asked: Asked[] = [];
  /** Sockets that the router opened, and what it subscribed to over them. */
  readonly connected: { subgraph: string; params: Record<string, unknown> }[] = [];
  readonly subscribed: { subgraph: string; payload: SubscribePayload }[] = [];
  readonly #sockets = new Map<string, WebSocketServer>();
  readonly #urls = new Map<string, string>();
  #supergraphFile = '';
  #config = '';
  #router: Service | undefined;
  /** Beside that one, by their ports. */
  readonly #others = new Map<number, Service>();

  private constructor(readonly world: World) {}

  /** @param settings what the router's settings file says, beside where the subgraphs are */
  static async open(sources: Readonly<Record<string, string>>, settings: object = {}): Promise<ServedWorld> {
    const served = new ServedWorld(new World(sources, { troubled: false }));
    for (const name of served.world.subgraphs.keys()) await served.move(name);
    const folder = mkdtempSync(join(tmpdir(), 'served-'));
    served.#supergraphFile = join(folder, 'supergraph.graphql');
    writeFileSync(served.#supergraphFile, served.#located(served.world.supergraph.sdl));
    served.#config = join(folder, 'router.yaml');
    writeFileSync(served.#config, stringify({ supergraph: { file: 'supergraph.graphql' }, ...settings }));
    try {
      served.#router = await createRouter({ config: served.#config, port: '0' }).start({ LOG_LEVEL: 'silent' });
    } catch (error) {
      await served.close();
      throw error;
    }
    return served;
  }

  /** Has a subgraph answer at another address too; the next supergraph that is put there names that one. */
  async move(name: string): Promise<void> {
    const subgraph = this.world.subgraphs.get(name);
    if (!subgraph) throw new Error(`no subgraph ${name}`);
    const server = createServer((req, res) => {
      let text = '';
      req.on('data', (chunk) => (text += String(chunk)));
      req.on('end', () => {
        const body = JSON.parse(text) as Asked['body'];
        this.asked.push({ subgraph: name, headers: req.headers, body });
        void subgraph.answer(body).then((answer) => res.end(JSON.stringify(answer)));
      });
    });
    const before = this.#servers.get(name);
    if (before) this.#left.push(before);
    this.#servers.set(name, server);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    this.#urls.set(name, `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
    const sockets = new WebSocketServer({ server, path: '/graphql' });
    useServer(
      {
        schema: subgraph.schema,
        subscribe: (args) => subscribe({ ...args, fieldResolver: subgraph.fieldResolver }),
        onConnect: ({ connectionParams }) =>
          void this.connected.push({ subgraph: name, params: connectionParams ?? {} }),
        onSubscribe: (_context, _id, payload) => void this.subscribed.push({ subgraph: name, payload }),
      },
      sockets,
    );
    this.#sockets.set(name, sockets);
  }

  get port(): number {
    return this.#router?.port ?? 0;
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

  /** The sockets to a subgraph break, as if its process had died. */
  breakSockets(subgraph: string): void {
    for (const socket of this.#sockets.get(subgraph)?.clients ?? []) socket.terminate();
  }

  /** Puts another text in the place of the supergraph and has it read; answers what became of it. */
  async putSupergraph(sdl: string): Promise<'loaded' | 'refused'> {
    const count = async (outcome: string) =>
      Number(
        new RegExp(`^router_supergraph_loads_total\\{.*outcome="${outcome}".*\\} (\\d+)`, 'm').exec(
          await this.metrics(),
        )?.[1] ?? 0,
      );
    const [loaded, refused] = [await count('loaded'), await count('refused')];
    writeFileSync(this.#supergraphFile, this.#located(sdl));
    process.emit('SIGHUP');
    for (;;) {
      if ((await count('loaded')) > loaded) return 'loaded';
      if ((await count('refused')) > refused) return 'refused';
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Starts another router like the first one. @returns its port */
  async startRouter(): Promise<number> {
    const router = await createRouter({ config: this.#config, port: '0' }).start({ LOG_LEVEL: 'silent' });
    this.#others.set(router.port, router);
    return router.port;
  }

  /** @param port of another router; of the first one when absent */
  async stopRouter(port?: number): Promise<void> {
    if (port !== undefined) {
      await this.#others.get(port)?.stop();
      this.#others.delete(port);
      return;
    }
    await this.#router?.stop();
    this.#router = undefined;
  }

  async metrics(): Promise<string> {
    return (await fetch(new URL('/metrics', this.url))).text();
  }

  async close(): Promise<void> {
    await this.stopRouter();
    for (const port of this.#others.keys()) await this.stopRouter(port);
    for (const sockets of this.#sockets.values()) {
      for (const socket of sockets.clients) socket.terminate();
    }
    for (const server of [...this.#servers.values(), ...this.#left]) {
      server.closeAllConnections();
      server.close();
    }
  }

  /** A supergraph that says where the subgraphs are. */
  #located(sdl: string): string {
    let located = sdl;
    for (const [name, url] of this.#urls) located = located.replaceAll(`http://${name}.test/graphql`, url);
    return located;
  }
}
