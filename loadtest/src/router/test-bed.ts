import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SignJWT } from 'jose';

export const root = resolve(import.meta.dirname, '../../..');

/** What routers are measured with: subgraphs that answer at once, two forms of the supergraph, settings, a token. */
export interface TestBed {
  readonly folder: string;
  /** As our router takes it. */
  readonly supergraph: string;
  /** Without the directives that @apollo/gateway refuses. */
  readonly plainSupergraph: string;
  /** Of our router: everything that it can do is switched on, but for equal queries that share an answer. */
  readonly settings: string;
  /** Where they do. */
  readonly sharingSettings: string;
  tokenOf(userId: string, roles?: readonly string[]): Promise<string>;
  close(): void;
}

/** @param script which process answers in the place of the subgraphs @param core where it runs */
export async function openTestBed(script: string, core: number): Promise<TestBed> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-router-'));
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const child = spawn('taskset', ['-c', String(core), process.execPath, script, join(root, 'schema/subgraphs'), pem], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const base = `http://127.0.0.1:${await firstLine(child)}`;
  const sdl = readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8').replaceAll(
    /@join__graph\(name: "(\w+)", url: "[^"]*"\)/g,
    (_all, name: string) => `@join__graph(name: "${name}", url: "${base}/${name}")`,
  );
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const supergraph = write('supergraph.graphql', sdl);
  return {
    folder,
    supergraph,
    plainSupergraph: write('plain.graphql', withoutPolicies(sdl)),
    settings: write('router.yaml', settingsWith(base, false)),
    sharingSettings: write('sharing.yaml', settingsWith(base, true)),
    tokenOf: (userId, roles = ['STAFF']) =>
      new SignJWT({ roles })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'bench' })
        .setSubject(userId)
        .setIssuer('bench')
        .setAudience('bench')
        .setExpirationTime('2h')
        .sign(privateKey),
    close: () => void child.kill(),
  };
}

const withoutPolicies = (sdl: string): string =>
  sdl
    .split('\n')
    .filter((line) => !/specs\.apollo\.dev\/policy|^directive @policy|^scalar policy__/.test(line))
    .join('\n')
    .replaceAll(/ @policy\(policies: \[\[[^\]]*\]\]\)/g, '');

/** JSON is YAML. Limits are high enough never to be reached, and counted all the same. */
const settingsWith = (base: string, shareQueries: boolean): string =>
  JSON.stringify({
    ...(process.env.REDIS_URL && { redis: { url: process.env.REDIS_URL, keyPrefix: 'bench:' } }),
    authentication: { jwksUrl: `${base}/jwks`, issuer: 'bench', audience: 'bench' },
    authorisation: { policies: { staff: ['STAFF'], manager: ['STAFF'] } },
    subgraphs: { identity: { header: 'x-brigade-actor', secret: 's'.repeat(32) } },
    rateLimits: {
      perAddress: { points: 1e12, seconds: 60 },
      perUser: { points: 1e12, seconds: 60 },
      perField: { 'Mutation.login': { points: 10 } },
    },
    limits: { cost: 1e9 },
    shareQueries,
    subscriptions: {
      backPressure: { stationTelemetry: 'coalesce' },
      mostPerIdentity: 100_000,
    },
  });

const firstLine = (child: ChildProcess): Promise<string> =>
  new Promise((told, failed) => {
    let text = '';
    child.once('exit', (code) => failed(new Error(`the subgraphs ended with ${code}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) told(text.split('\n')[0] ?? '');
    });
  });
