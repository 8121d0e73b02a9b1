import { resolve } from 'node:path';
import { port, processSettings, readConfig, sharedSettings, url, type Environment } from '@brigade/service-kit/process';
import { z } from 'zod';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

const schema = z.object({
  ...processSettings,
  ACTOR_SECRET: sharedSettings.ACTOR_SECRET,
  ROUTER_PORT: port.default(4000),
  SUPERGRAPH_FILE: z.string().default(resolve(import.meta.dirname, '../../schema/supergraph.graphql')),
  IDENTITY_URL: url('http', 'https').default('http://127.0.0.1:4001/graphql'),
  /** Where the keys of access tokens are published; by default beside IDENTITY_URL. */
  JWKS_URL: url('http', 'https').optional(),
  /** Keeps the last keys across restarts, for the time in which nobody publishes them. */
  JWKS_FILE: z.string().min(1).optional(),
  TOKEN_ISSUER: z.string().min(1).default('brigade'),
  TOKEN_AUDIENCE: z.string().min(1).default('brigade-api'),
  /** Origins whose pages may call, besides Apollo Sandbox and every port of localhost. */
  CORS_ORIGINS: list.default([]),
  /** How long a subgraph may take to answer, milliseconds. */
  SUBGRAPH_TIMEOUT_MS: z.coerce.number().int().min(100).max(120_000).default(10_000),
});

export type RouterConfig = z.infer<typeof schema> & {
  JWKS_URL: string;
  /** Routing URLs that replace the supergraph's, by subgraph: from `<NAME>_URL`. */
  subgraphUrls: Readonly<Record<string, string>>;
};

/** @throws ConfigurationError */
export function readRouterConfig(env: Environment): RouterConfig {
  const config = readConfig('router', schema, env);
  const subgraphUrls = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => {
      const subgraph = /^([A-Z][A-Z0-9]*)_URL$/.exec(name)?.[1]?.toLowerCase();
      return subgraph && value && URL.canParse(value) ? [[subgraph, value]] : [];
    }),
  );
  return {
    ...config,
    JWKS_URL: config.JWKS_URL ?? new URL('/.well-known/jwks.json', config.IDENTITY_URL).href,
    subgraphUrls,
  };
}
