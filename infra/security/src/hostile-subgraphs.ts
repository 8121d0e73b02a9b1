import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { Flood } from './flood.ts';
import { guardedSources, hostileAnswers, hostileEntities, hostileSources } from './hostile-sources.ts';

/** Subgraphs that have fallen into the wrong hands, and supergraphs of them. */
export class HostileSubgraphs {
  /** Is told nothing but what is right, if nothing has been polluted. */
  readonly witness = '{ thing(id: "clean") { id name polluted } }';
  /** How often somebody asked for each thing, and for `keys`. */
  readonly asked = new Map<string, number>();
  readonly flood: Flood;
  readonly #server: Server;
  readonly #folder: string;

  private constructor(server: Server, folder: string) {
    this.#server = server;
    this.flood = new Flood(server);
    this.#folder = folder;
  }

  static async open(): Promise<HostileSubgraphs> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const hostile = new HostileSubgraphs(server, mkdtempSync(join(tmpdir(), 'hostile-')));
    hostile.#compose(hostileSources, hostile.supergraphFile);
    hostile.#compose(guardedSources, hostile.guardedSupergraphFile);
    server.on('request', (req, res: ServerResponse) => {
      let text = '';
      req.on('data', (chunk) => (text += String(chunk)));
      req.on('end', () => (req.method === 'GET' ? hostile.#giveKeys(res) : hostile.#answer(text, res)));
    });
    return hostile;
  }

  get supergraphFile(): string {
    return join(this.#folder, 'supergraph.graphql');
  }

  get guardedSupergraphFile(): string {
    return join(this.#folder, 'guarded.graphql');
  }

  /** Where a token may say that its keys are. */
  get keysUrl(): string {
    return `${this.#origin}/keys.json`;
  }

  async close(): Promise<void> {
    this.flood.close();
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  #compose(sources: Readonly<Record<string, string>>, file: string): void {
    const { supergraphSdl, errors } = composeServices(
      Object.entries(sources).map(([name, sdl]) => ({ name, typeDefs: parse(sdl), url: `${this.#origin}/${name}` })),
    );
    if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
    writeFileSync(file, supergraphSdl);
  }

  #giveKeys(res: ServerResponse): void {
    this.#note('keys');
    res.setHeader('content-type', 'application/json').end('{"keys":[]}');
  }

  #note(what: string): void {
    this.asked.set(what, (this.asked.get(what) ?? 0) + 1);
  }

  #answer(request: string, res: ServerResponse): void {
    const { query = '', variables } = JSON.parse(request) as { query?: string; variables?: unknown };
    const wanted = /"?\bid"?:\s*"([a-z-]+)\d*"/.exec(`${query} ${JSON.stringify(variables ?? {})}`)?.[1] ?? '';
    this.#note(wanted);
    if (wanted === 'never') return; // the router's patience ends first
    res.setHeader('content-type', 'application/json');
    res.end(query.includes('_entities') ? hostileEntities : (hostileAnswers[wanted] ?? '{"data":{"chain":null}}'));
  }
}
