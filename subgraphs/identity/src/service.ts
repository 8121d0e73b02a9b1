import {
  Poller,
  PostgresMessageStore,
  buildSubgraph,
  createRuntime,
  openGraphql,
  openMessaging,
  openPostgres,
  openRedis,
  openWith,
  postgresMigration,
  withRuntime,
  type Environment,
  type PostgresOrm,
  type Runtime,
  type Service,
  type ServiceDefinition,
} from '@brigade/service-kit';
import { Counter } from 'prom-client';
import { readIdentityConfig, type IdentityConfig } from './config.ts';
import type { IdentityDeps } from './deps.ts';
import { identitySchema } from './graphql/schema.ts';
import { seedAccounts } from './seed/seed-accounts.ts';
import { entities } from './store/entities.ts';
import { Migration20261121Initial, Migration20261121RevokedSessions } from './store/migrations.ts';
import { tellRevocations } from './session/tell-revocations.ts';
import { forgetExpiredSessions, revokedSessions } from './store/sessions.ts';
import { accessTokenIssuer } from './tokens/access-token.ts';
import { openKeys, rotateKeys } from './tokens/key-store.ts';

const name = 'identity';
const model = { entities, migrations: [Migration20261121Initial, Migration20261121RevokedSessions] };
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Starts the service; `now` is the clock of its sessions and tokens. */
export async function startIdentity(env: Environment, now: () => Date = () => new Date()): Promise<Service> {
  const config = readIdentityConfig(env);
  const runtime = createRuntime(name, config);
  return openWith(runtime, async () => {
    const { log, stack } = runtime;
    const keys = await openKeys(config.KEYS_DIR);
    const orm = await openPostgres(runtime, config, model);
    const store = new PostgresMessageStore(orm, name);
    const deps: IdentityDeps = {
      orm,
      store,
      now,
      issueAccessToken: accessTokenIssuer(keys, {
        issuer: config.TOKEN_ISSUER,
        audience: config.TOKEN_AUDIENCE,
        lifetimeSeconds: config.ACCESS_TOKEN_SECONDS,
      }),
      passwordComparisons: new Counter({
        name: 'identity_password_comparisons_total',
        help: 'Passwords of logins that were hashed and compared, those of unknown addresses too',
        registers: [runtime.metrics.registry],
      }),
      times: { refreshMs: config.REFRESH_TOKEN_DAYS * DAY_MS, graceMs: config.REFRESH_GRACE_SECONDS * 1_000 },
    };
    await openMessaging(runtime, config, store);
    const sweep = new Poller({
      name: 'expired sessions',
      intervalMs: HOUR_MS,
      log,
      run: async () => {
        await forgetExpiredSessions(orm.em.fork(), now());
        return false;
      },
    });
    stack.defer('expired sessions', () => sweep.stop());
    await openRevocations(runtime, config, orm, now);
    const { schema } = await buildSubgraph(identitySchema(deps));
    return openGraphql(runtime, config, {
      port: config.IDENTITY_PORT,
      schema,
      routes: (app) => {
        app.get('/.well-known/jwks.json', (_req, res) => {
          res
            .set('cache-control', 'public, max-age=60')
            .type('application/jwk-set+json')
            .send(JSON.stringify(keys.jwks));
        });
      },
    });
  });
}

/** Ended sessions are known to the router within its time and this one. */
const TELL_EVERY_MS = 1_000;

async function openRevocations(
  runtime: Runtime,
  config: IdentityConfig,
  orm: PostgresOrm,
  now: () => Date,
): Promise<void> {
  const { log, stack } = runtime;
  const redis = await openRedis(runtime, config);
  let since: Date | undefined;
  const teller = new Poller({
    name: 'ended sessions',
    intervalMs: TELL_EVERY_MS,
    log,
    run: async () => {
      since = await tellRevocations(
        {
          redis,
          lifetimeMs: config.ACCESS_TOKEN_SECONDS * 1_000,
          revokedSince: (from) => revokedSessions(orm.em.fork(), from),
        },
        now(),
        since,
      );
      return false;
    },
  });
  stack.defer('ended sessions', () => teller.stop());
}

export const identity: ServiceDefinition = {
  name,
  start: (env) => startIdentity(env),
  migrate: postgresMigration(name, readIdentityConfig, model),
  async seed(env) {
    const config = readIdentityConfig(env);
    await withRuntime(name, config, async (runtime) => {
      const orm = await openPostgres(runtime, config, model);
      await seedAccounts(new PostgresMessageStore(orm, name), config.DEMO_PASSWORD);
    });
  },
  commands: {
    async 'rotate-keys'(env) {
      const kid = await rotateKeys(readIdentityConfig(env).KEYS_DIR);
      process.stdout.write(`the next start signs with ${kid}; the key before it is still published\n`);
    },
  },
};
