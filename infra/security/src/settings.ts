import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { HostileSubgraphs } from './hostile-subgraphs.ts';

/** A settings file of the router. */
export type Settings = Readonly<Record<string, unknown>> & {
  readonly authentication?: { readonly revocations?: object };
  readonly subscriptions?: object;
  readonly persistedQueries?: object;
  readonly rateLimits?: object;
};

/** The operations that clients are known to send. */
const OPERATIONS = resolve(import.meta.dirname, '../../../schema/operations');
export const listedOperation = (name: string): string => readFileSync(resolve(OPERATIONS, `${name}.graphql`), 'utf8');

/** Makes the settings of a router from those of Brigade's own. */
type MakeSettings = (brigade: Settings, hostile: HostileSubgraphs) => Settings;

const production: MakeSettings = (brigade) => ({
  ...brigade,
  introspection: false,
  authentication: { ...brigade.authentication, revocations: { ...brigade.authentication?.revocations, everyMs: 200 } },
  persistedQueries: { ...brigade.persistedQueries, safelist: OPERATIONS },
});
const perMinute = (points: number) => ({ points, seconds: 60 });

/**
 * The routers that are attacked, besides `development`, the restaurant's own:
 * - `production`: as it would be run for all the world;
 * - `sockets`: the same, with caps on connections that are soon reached;
 * - `limited`: the same, with rate limits that are soon reached;
 * - `safelisted`: the same, only for operations that are known;
 * - `hostile`: before subgraphs that answer with whatever they like;
 * - `guarded`: before such ones again, with a schema that says who may see what.
 */
export const doorSettings = {
  production,
  sockets: (brigade, hostile) => ({
    ...production(brigade, hostile),
    subscriptions: {
      ...brigade.subscriptions,
      mostPerConnection: 4,
      mostPerIdentity: 6,
      mostMessageBytes: 65_536,
      mostBufferedBytes: 65_536,
      initialiseWithinMs: 1_000,
    },
  }),
  limited: (brigade, hostile) => ({
    ...production(brigade, hostile),
    rateLimits: {
      perAddress: perMinute(3_000),
      perUser: perMinute(3_000),
      perField: { 'Mutation.login': perMinute(5), 'Mutation.register': perMinute(5) },
    },
  }),
  safelisted: (brigade, hostile) => ({
    ...production(brigade, hostile),
    persistedQueries: { safelist: OPERATIONS, mode: 'enforce' },
  }),
  hostile: (_brigade, hostile) => ({
    introspection: false,
    supergraph: { file: hostile.supergraphFile },
    // A breaker would have the next one refused without being asked.
    subgraphs: { timeoutMs: 600, mostResponseBytes: 1_000_000, breaker: { failures: 1_000_000 } },
    planning: { timeoutMs: 1_000 },
    subscriptions: { backPressure: { flood: 50 }, mostBufferedBytes: 65_536 },
  }),
  guarded: ({ authentication }, hostile) => ({
    introspection: false,
    supergraph: { file: hostile.guardedSupergraphFile },
    authentication: { ...authentication, revocations: undefined },
  }),
} satisfies Record<string, MakeSettings>;

export type DoorName = keyof typeof doorSettings | 'development';
