import { listeningPort, processSettings, readConfig, sharedSettings, type Environment } from '@brigade/service-kit';
import { z } from 'zod';

const { MONGODB_URI: _mongo, ...shared } = sharedSettings;

export const identitySettings = z.object({
  ...processSettings,
  ...shared,
  IDENTITY_PORT: listeningPort(4001),
  KEYS_DIR: z
    .string()
    .min(1)
    .default('.data/keys')
    .describe('Folder of the keys that sign access tokens; made at the first start.'),
  TOKEN_ISSUER: z.string().min(1).default('brigade').describe("The tokens' `iss`."),
  TOKEN_AUDIENCE: z.string().min(1).default('brigade-api').describe("The tokens' `aud`."),
  ACCESS_TOKEN_SECONDS: z.coerce
    .number()
    .int()
    .min(10)
    .max(86_400)
    .default(900)
    .describe('Life of an access token, seconds.'),
  REFRESH_TOKEN_DAYS: z.coerce.number().int().min(1).max(365).default(30).describe('Life of a refresh token, days.'),
  REFRESH_GRACE_SECONDS: z.coerce
    .number()
    .min(0)
    .max(60)
    .default(5)
    .describe('For so long after its use a refresh token that comes again is a race of one client, not a theft.'),
  DEMO_PASSWORD: z
    .string()
    .min(8)
    .max(128)
    .default('brigade-demo')
    .describe('Of the accounts that the seed makes: `guest@`, `staff@`, `manager@`, `admin@brigade.test`.'),
});

export type IdentityConfig = z.infer<typeof identitySettings>;
export const readIdentityConfig = (env: Environment): IdentityConfig => readConfig('identity', identitySettings, env);
