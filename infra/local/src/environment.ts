import { join } from 'node:path';
import type { Ports } from './ports.ts';
import type { ServerAddresses } from './servers/start-servers.ts';
import type { Settings } from './settings.ts';

/** Readings that a person can watch; a kitchen under load tells of itself once a second. */
const TELEMETRY_TO_WATCH_MS = '250';

/** What belongs to npm or to the launcher's own Node and must not leak into its children. */
const NOT_INHERITED = /^(npm_|NODE_OPTIONS$|INIT_CWD$|BRIGADE_(DATA|PORT|SERVERS)$)/;

/**
 * The environment of every process of Brigade: the contract (addresses, ports, secrets), over what the user set, so
 * that any setting of any service can be given to `npm start`.
 */
export function productEnvironment(
  settings: Settings,
  ports: Ports,
  servers: ServerAddresses,
  actorSecret: string,
): Record<string, string> {
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || value === '' || NOT_INHERITED.test(name) ? [] : [[name, value] as const],
  );
  const subgraphs = Object.entries(ports.subgraphs).flatMap(([name, port]) => [
    [`${name.toUpperCase()}_PORT`, String(port)] as const,
    [`${name.toUpperCase()}_URL`, `http://127.0.0.1:${port}/graphql`] as const,
  ]);
  return {
    ...(settings.kitchenProfile === 'default' && { TELEMETRY_INTERVAL_MS: TELEMETRY_TO_WATCH_MS }),
    ...Object.fromEntries(inherited),
    ...Object.fromEntries(subgraphs),
    BRIGADE_NAMESPACE: settings.namespace,
    POSTGRES_URL: servers.postgresUrl,
    MONGODB_URI: servers.mongoUri,
    REDIS_URL: servers.redisUrl,
    AMQP_URL: servers.amqpUrl,
    ...(servers.amqpManagementUrl === '' ? {} : { AMQP_MANAGEMENT_URL: servers.amqpManagementUrl }),
    ACTOR_SECRET: process.env['ACTOR_SECRET'] || actorSecret,
    HOST: settings.host,
    LOG_LEVEL: settings.logLevel,
    KEYS_DIR: join(settings.dataDir, 'keys'),
    JWKS_URL: `http://127.0.0.1:${ports.subgraphs.identity}/.well-known/jwks.json`,
    JWKS_FILE: join(settings.dataDir, 'router/jwks.json'),
    PLANS_DIR: join(settings.dataDir, 'router/plans'),
    // Compiled code is kept, so that a restart takes less time.
    NODE_COMPILE_CACHE: join(settings.dataDir, 'compile-cache'),
    ROUTER_PORT: String(ports.router),
    ROUTER_URL: `http://127.0.0.1:${ports.router}/graphql`,
    SYSTEM_TARGETS: JSON.stringify(systemTargets(ports)),
    PAYMENT_PROVIDER_PORT: String(ports.paymentProvider),
    PAYMENT_PROVIDER_URL: `http://127.0.0.1:${ports.paymentProvider}`,
    PAYMENT_PROVIDER_DATA: join(settings.dataDir, 'payment-provider'),
    KITCHEN_DEVICE_PORT: String(ports.kitchenDevice),
    KITCHEN_PROFILE: settings.kitchenProfile,
    ...(settings.kitchenProfile === 'load' && withoutRateLimits),
    ...(settings.kitchenClock === undefined ? {} : { KITCHEN_CLOCK: String(settings.kitchenClock) }),
    DEMO_PASSWORD: settings.demoPassword,
    ...(settings.demo !== undefined && { DINING_ROOM: String(settings.demo) }),
  };
}

/** Where platform looks for what the map of the system shows: everything of Brigade that runs. */
export function systemTargets(
  ports: Pick<Ports, 'router' | 'subgraphs' | 'paymentProvider' | 'kitchenDevice'>,
): { id: string; name: string; kind: string; url: string }[] {
  const target = (id: string, kind: string, port: number) => ({
    id,
    name: id.replaceAll('-', ' '),
    kind,
    url: `http://127.0.0.1:${port}`,
  });
  return [
    target('router', 'ROUTER', ports.router),
    ...Object.entries(ports.subgraphs).map(([name, port]) => target(name, 'SUBGRAPH', port)),
    target('payment-provider', 'PROVIDER', ports.paymentProvider),
    target('kitchen-device', 'DEVICE', ports.kitchenDevice),
  ];
}

/** Load comes from one address, and its guests register there one after the other. */
const UNREACHED = '1000000000';
const withoutRateLimits = {
  RATE_LIMIT_ADDRESS: UNREACHED,
  RATE_LIMIT_USER: UNREACHED,
  RATE_LIMIT_LOGIN: UNREACHED,
  RATE_LIMIT_REGISTER: UNREACHED,
  RATE_LIMIT_REFRESH: UNREACHED,
};
