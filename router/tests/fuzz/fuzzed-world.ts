import { supergraphs } from '../worlds/supergraphs.ts';

/** Subgraphs with something of everything: entities, mutations, subscriptions, a scalar that takes any value. */
export const fuzzedSources: Readonly<Record<string, string>> = {
  ...supergraphs.subscriptions,
  values: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    scalar Anything
    enum Size { SMALL LARGE }
    input Deep { size: Size number: Int list: [Deep!] any: Anything }
    type Query { anything(value: Anything): Anything deep(deep: Deep, first: Int): [String] }`,
};

/** Short times, so that what must be closed is closed soon, and few places, so that they are used up. */
export const fuzzedSettings = {
  server: { receiveWithinMs: 1_000 },
  limits: { bodyBytes: 60_000 },
  // How busy this machine is must decide nothing.
  planning: { timeoutMs: 60_000, mostWaiting: 10_000, mostOperations: 200 },
  subgraphs: { timeoutMs: 100_000, mostWaiting: 100_000 },
  persistedQueries: { mostKept: 100 },
  subscriptions: { initialiseWithinMs: 1_000, heartbeatMs: 1_000, mostMessageBytes: 60_000, mostPerIdentity: 100_000 },
};
