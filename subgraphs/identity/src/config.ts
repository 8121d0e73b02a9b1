import { port, processSettings, readConfig, sharedSettings, type Environment } from '@brigade/service-kit';
import { z } from 'zod';

const { MONGODB_URI: _mongo, ...shared } = sharedSettings;

const schema = z.object({
  ...processSettings,
  ...shared,
  IDENTITY_PORT: port.default(4001),
  /** Folder of the keys that sign access tokens; made at the first start. */
  KEYS_DIR: z.string().min(1).default('.data/keys'),
  TOKEN_ISSUER: z.string().min(1).default('brigade'),
  TOKEN_AUDIENCE: z.string().min(1).default('brigade-api'),
  /** Life of an access token, seconds. */
  ACCESS_TOKEN_SECONDS: z.coerce.number().int().min(10).max(86_400).default(900),
  /** Life of a refresh token, days. */
  REFRESH_TOKEN_DAYS: z.coerce.number().int().min(1).max(365).default(30),
  /** For so long after its use a refresh token that comes again counts as a race of one client, not as theft. */
  REFRESH_GRACE_SECONDS: z.coerce.number().min(0).max(60).default(5),
  /** Password of the demonstration accounts that the seed makes. */
  DEMO_PASSWORD: z.string().min(8).max(128).default('brigade-demo'),
});

export type IdentityConfig = z.infer<typeof schema>;
export const readIdentityConfig = (env: Environment): IdentityConfig => readConfig('identity', schema, env);
