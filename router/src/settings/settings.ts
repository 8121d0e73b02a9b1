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
/** A limit that there is only where it is set: it can refuse what clients ask for in good faith. */
const optionalLimit = () => z.coerce.number().int().min(1).optional();
const flag = (otherwise: boolean) =>
  z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]).default(otherwise);
const rateLimit = z.strictObject({
  points: z.coerce.number().int().min(1).describe('How much may be asked for in that time.'),
  seconds: z.coerce.number().int().min(1).max(86_400).default(60).describe('How long the time is.'),
});
const graphqlName = z.string().regex(/^[_A-Za-z][_0-9A-Za-z]*$/, 'expected a name as GraphQL has them');
/** What the router answers itself. */
export const OWN_PATHS = ['/graphql', '/graphiql', '/health', '/metrics'];
const section = <T extends z.ZodRawShape>(shape: T) => z.strictObject(shape);

/** Everything that a router can be told, in one file. Whole sections may be left out. */
export const settingsSchema = section({
  server: section({
    host: z.string().min(1).default('127.0.0.1').describe('Where it listens.'),
    port: z.coerce.number().int().min(0).max(65_535).default(4_000).describe('0 for any free port.'),
    trustedProxies: z.coerce
      .number()
      .int()
      .min(0)
      .default(0)
      .describe('Proxies in front of it: so many addresses at the end of `x-forwarded-for` are theirs.'),
    receiveWithinMs: milliseconds(100, 3_600_000)
      .default(60_000)
      .describe('How long a request may take to arrive, headers and body; a connection that takes longer is closed.'),
  }).prefault({}),
  redis: section({
    url: z.url({ protocol: /^rediss?$/, error: 'expected a URL that starts with redis:// or rediss://' }),
    keyPrefix: z.string().default('router:').describe('Before every key that routers write.'),
  })
    .optional()
    .describe('What routers share: rate limits, persisted queries. Without it each has its own.'),
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
  sites: z
    .array(
      section({
        path: z
          .string()
          .regex(/^\/([a-z0-9_-]+(\/[a-z0-9_-]+)*)?$/, 'expected a path such as / or /admin')
          .refine((path) => !OWN_PATHS.some((own) => path === own || path.startsWith(`${own}/`)), {
            error: `expected another path than ${OWN_PATHS.join(', ')}, which the router answers itself`,
          })
          .describe('Below which it is served.'),
        folder: z.string().min(1).describe('Its built files; a relative path counts from this file.'),
      }),
    )
    .refine((sites) => new Set(sites.map(({ path }) => path)).size === sites.length, {
      error: 'expected each path once',
    })
    .default([])
    .describe('Built single-page clients that are served beside the API, from the same origin.'),
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
    revocations: section({
      key: z
        .string()
        .min(1)
        .describe('A sorted set in Redis, its whole key: sessions (claim `sid`) by when they were ended, ms.'),
      everyMs: milliseconds(100, 60_000).default(2_000).describe('How often it is looked at.'),
    })
      .optional()
      .describe('Sessions that were ended before their tokens expire. Needs `redis`.'),
  })
    .optional()
    .describe('Without it nobody is asked who they are.'),
  authorisation: section({
    scopesOfRoles: z
      .record(z.string(), list)
      .default({})
      .describe('Scopes (`@requiresScopes`) that holders of a role have, beside those in the claim `scope`.'),
    policies: z
      .record(z.string(), list)
      .default({})
      .describe('Roles of which one meets a policy (`@policy`). One that is not named is met by nobody.'),
  }).prefault({}),
  subgraphs: section({
    timeoutMs: milliseconds(100, 120_000).default(10_000).describe('How long a subgraph may take to answer.'),
    mostResponseBytes: z.coerce.number().int().min(1_024).default(16_777_216).describe('A longer answer is refused.'),
    mostConcurrent: limit(500).describe('Requests to one subgraph at a time, and so its HTTP/1.1 connections.'),
    mostWaiting: limit(1_000).describe('Requests to one subgraph that may wait for their turn; more are refused.'),
    http2: z
      .record(z.string(), z.enum(['negotiate', 'prior-knowledge', 'never']))
      .default({})
      .describe(
        'Whether a subgraph is asked over HTTP/2, by its name: `negotiate`, as all others, where it offers it over TLS; `prior-knowledge` always, also in clear text (h2c); `never`.',
      ),
    breaker: section({
      failures: limit(10).describe('So many failures in a row, and the subgraph is not asked any more for a while.'),
      halfOpenAfterMs: milliseconds(10, 600_000).default(500).describe('Then one request tries whether it is back.'),
    }).prefault({}),
    idempotencyArgument: z
      .string()
      .min(1)
      .default('idempotencyKey')
      .describe('A mutation that gives every root field this argument may be sent again when a connection fails.'),
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
    bodyBytes: limit(1_048_576).describe('Of the request, decompressed. Protects the process.'),
    tokens: limit(5_000).describe('Tokens of the document. Protects the process: validation grows with their square.'),
    depth: limit(100).describe(
      'Levels of fields; introspection does not count. The default protects the stack; 12 is a limit for clients.',
    ),
    fields: limit(50_000).describe(
      'Fields in all, fragments written out. Protects the process from fragments that double each other.',
    ),
    aliases: optionalLimit().describe('Fields with an alias, fragments written out. No limit unless set.'),
    rootFields: optionalLimit().describe('Fields of the root type, fragments written out. No limit unless set.'),
    directives: optionalLimit().describe('Directives, fragments written out. No limit unless set.'),
    listSize: optionalLimit().describe(
      'What an argument that says how long a list may be can ask for. No limit unless set.',
    ),
    pageArguments: list
      .default(['first', 'last'])
      .describe('Names of such arguments, beside those that the schema names (`@listSize`).'),
    cost: optionalLimit().describe(
      'What an operation may cost by the estimate (`@cost`, `@listSize`). It is measured, and no limit unless set.',
    ),
    assumedListSize: limit(10).describe('How long a list is taken to be of which nothing is known.'),
  }).prefault({}),
  rateLimits: section({
    perAddress: rateLimit.optional().describe('Cost that one network address may cause.'),
    perUser: rateLimit.optional().describe('Cost that one user may cause.'),
    perField: z
      .record(z.string().regex(/^\w+\.\w+$/, 'expected Type.field'), rateLimit)
      .default({})
      .describe('How often one address may ask for a field of a root type, by its coordinate. Each alias counts.'),
  })
    .prefault({})
    .describe('What is asked for beyond them is answered 429.'),
  persistedQueries: section({
    automatic: flag(true).describe('Whether clients may send the hash of an operation that was sent before.'),
    ttlSeconds: limit(86_400).describe('How long Redis keeps one that nobody asks for.'),
    mostKept: limit(10_000).describe('So many are kept in the router itself.'),
    safelist: z.string().min(1).optional().describe('A folder of operations (`*.graphql`, manifests `*.json`).'),
    mode: z
      .enum(['off', 'report', 'enforce'])
      .default('off')
      .describe('What becomes of operations that are not in it: served, served and counted, refused.'),
  }).prefault({}),
  introspection: flag(true).describe(
    'Whether clients may ask for the schema, and are told which field they may have meant, and how they are served.',
  ),
  shareQueries: flag(true).describe(
    'Whether a query that is under way, or a request to a subgraph for one, answers the same one of the same identity too, unless a mutation came between.',
  ),
  subscriptions: section({
    backPressure: z
      .record(z.string(), z.union([z.literal('coalesce'), limit(1_000)]))
      .default({})
      .describe(
        'What happens to events of a field while a client does not read: `coalesce` (the latest wins), or so many wait before the subscription ends with SLOW_CONSUMER. 1000 wait when a field is not named.',
      ),
    resume: z
      .record(
        graphqlName,
        section({
          argument: graphqlName.describe('The argument of the field: events that come after its value.'),
          cursor: graphqlName.describe('The field of what the subscription tells of: where an event stands.'),
        }),
      )
      .default({})
      .describe(
        'Fields of the subscription type that can go on where they were left: whenever the router subscribes again, it asks for what came after the last event that it saw.',
      ),
    mostPerConnection: limit(100).describe('Operations that one connection may have open.'),
    mostPerIdentity: limit(1_000).describe(
      'Subscriptions that one user, or one address without a user, may have open on this router.',
    ),
    mostMessageBytes: limit(1_048_576).describe('Of a message from a client.'),
    mostBufferedBytes: limit(262_144).describe('What is on its way to one client before its events wait.'),
    mostWaitingBytes: limit(4_194_304).describe(
      'Of all events together that wait for one client; when there are more, the subscription ends with SLOW_CONSUMER.',
    ),
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
    folder: z
      .string()
      .min(1)
      .optional()
      .describe('Keeps plans across restarts; a relative path counts from where the router is started.'),
  }).prefault({}),
});

export type Settings = z.output<typeof settingsSchema>;
export type RateLimit = z.output<typeof rateLimit>;
export type AuthenticationSettings = NonNullable<Settings['authentication']>;
