import { z } from 'zod';

const milliseconds = (from: number, to: number) => z.coerce.number().int().min(from).max(to);
const httpUrl = z.url({ protocol: /^https?$/, error: 'expected a URL that starts with http:// or https://' });
const list = z.union([
  z.array(z.string()),
  z.string().transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  ),
]);
const limit = (otherwise: number) => z.coerce.number().int().min(1).default(otherwise);
const flag = (otherwise: boolean) =>
  z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]).default(otherwise);
const section = <T extends z.ZodRawShape>(shape: T) => z.strictObject(shape);

/** Everything that a router can be told, in one file. Whole sections may be left out. */
export const settingsSchema = section({
  server: section({
    host: z.string().min(1).default('127.0.0.1').describe('Where it listens.'),
    port: z.coerce.number().int().min(0).max(65_535).default(4_000).describe('0 for any free port.'),
  }).prefault({}),
  supergraph: section({
    file: z.string().min(1).optional().describe('The composed supergraph; a relative path counts from this file.'),
    urls: z
      .record(z.string(), httpUrl)
      .default({})
      .describe("Where subgraphs answer, in place of the supergraph's routing URLs."),
  }).prefault({}),
  cors: section({
    origins: list.default([]).describe("Origins whose pages may call, besides Apollo Sandbox and this machine's."),
  }).prefault({}),
  authentication: section({
    jwksUrl: httpUrl.describe('Where the public keys of access tokens are (RFC 7517).'),
    keysFile: z
      .string()
      .min(1)
      .optional()
      .describe('Keeps the last keys across restarts, for the time in which nobody publishes them.'),
    issuer: z.string().min(1).describe('Who must have issued a token.'),
    audience: z.string().min(1).describe('For whom a token must be.'),
    roles: list.optional().describe('The values that the claim `roles` may have; any when absent.'),
    subject: z.enum(['any', 'uuid']).default('any').describe('The form of the claim `sub`.'),
  })
    .optional()
    .describe('Without it nobody is asked who they are.'),
  subgraphs: section({
    timeoutMs: milliseconds(100, 120_000).default(10_000).describe('How long a subgraph may take to answer.'),
    mostResponseBytes: z.coerce.number().int().min(1_024).default(16_777_216).describe('A longer answer is refused.'),
    identity: section({
      header: z
        .string()
        .regex(/^[a-z0-9-]+$/, 'expected the name of a header in lower case')
        .describe('Its name.'),
      secret: z.string().min(32).describe('Signs it (HS256); at least 32 characters.'),
    })
      .optional()
      .describe('The signed header that tells subgraphs who is asking.'),
  }).prefault({}),
  limits: section({
    depth: limit(12).describe('Levels of fields; introspection does not count.'),
    aliases: limit(30).describe('Fields with an alias, fragments written out.'),
    rootFields: limit(20).describe('Fields of the root type, fragments written out.'),
    directives: limit(50).describe('Directives, fragments written out.'),
    tokens: limit(5_000).describe('Tokens of the document.'),
    bodyBytes: limit(1_048_576).describe('Of the request, decompressed.'),
  }).prefault({}),
  introspection: flag(true).describe(
    'Whether clients may ask for the schema, and are told which field they may have meant.',
  ),
  subscriptions: section({
    backPressure: z
      .record(z.string(), z.union([z.literal('coalesce'), limit(1_000)]))
      .default({})
      .describe(
        'What happens to events of a field while a client does not read: `coalesce` (the latest wins), or so many wait before the subscription ends with SLOW_CONSUMER. 1000 wait when a field is not named.',
      ),
    mostPerConnection: limit(100).describe('Operations that one connection may have open.'),
    mostPerIdentity: limit(1_000).describe('Subscriptions that one identity may have open on this router.'),
    mostMessageBytes: limit(1_048_576).describe('Of a message from a client.'),
    mostBufferedBytes: limit(262_144).describe('What is on its way to one client before its events wait.'),
    initialiseWithinMs: milliseconds(100, 60_000)
      .default(3_000)
      .describe('How long a WebSocket may take to say who it is.'),
    heartbeatMs: milliseconds(100, 600_000)
      .default(12_000)
      .describe('How often a silent client is asked whether it is there.'),
  }).prefault({}),
  planning: section({
    timeoutMs: milliseconds(10, 60_000).default(2_000).describe('An operation that takes longer to plan is refused.'),
    mostWaiting: z.coerce.number().int().min(1).default(200).describe('Operations that may wait to be planned.'),
    mostOperations: z.coerce.number().int().min(1).default(2_000).describe('Operations whose plans are kept.'),
  }).prefault({}),
});

export type Settings = z.output<typeof settingsSchema>;
export type AuthenticationSettings = NonNullable<Settings['authentication']>;
