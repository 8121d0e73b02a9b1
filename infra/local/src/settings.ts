import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { repositoryRoot } from './repository-root.ts';
import { PORT_SPAN, refusedPort } from './ports.ts';

export const COMMANDS = ['start', 'dev', 'doctor', 'clean', 'exec'] as const;
export type Command = (typeof COMMANDS)[number];

/** The password of the seeded demo accounts, unless DEMO_PASSWORD says otherwise. Public: for demonstrations only. */
export const DEMO_PASSWORD = 'brigade-demo';

/** Orders a minute of the virtual guests, unless told otherwise, and at most. */
const DEMO_PACE = 12;
const FASTEST_DEMO = 240;

export class LauncherConfigurationError extends Error {
  override readonly name = 'LauncherConfigurationError';
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`Brigade can't start, there is something to mend (${faults.length}):\n  ${faults.join('\n  ')}`);
    this.faults = faults;
  }
}

const address = (...schemes: string[]) =>
  z
    .string()
    .refine((text) => schemes.some((scheme) => text.startsWith(`${scheme}://`) && text.length > scheme.length + 3), {
      error: `expected a URL that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    })
    .optional();

const environment = z.object({
  BRIGADE_DATA: z.string().optional(),
  BRIGADE_PORT: z.coerce
    .number('expected a port number')
    .int('expected a whole number')
    .min(1024, 'expected a port from 1024')
    .max(65_535 - PORT_SPAN, `expected a port up to ${65_535 - PORT_SPAN}, because ${PORT_SPAN} more follow it`)
    .refine((base) => refusedPort(base) === undefined, {
      error: ({ input }) => `would use port ${refusedPort(Number(input))}, which browsers and fetch refuse to call`,
    })
    .default(4000),
  BRIGADE_SERVERS: z.enum(['own', 'docker'], { error: 'expected own or docker' }).default('own'),
  BRIGADE_NAMESPACE: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,30}$/, 'expected lower-case letters, digits and _')
    .default('brigade'),
  POSTGRES_URL: address('postgres', 'postgresql'),
  MONGODB_URI: address('mongodb', 'mongodb+srv'),
  REDIS_URL: address('redis', 'rediss'),
  AMQP_URL: address('amqp', 'amqps'),
  AMQP_MANAGEMENT_URL: address('http', 'https'),
  HOST: z.enum(['127.0.0.1', '0.0.0.0'], { error: 'expected 127.0.0.1 or 0.0.0.0' }).default('127.0.0.1'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'expected trace, debug, info, warn, error, fatal or silent',
    })
    .default('info'),
  KITCHEN_PROFILE: z.enum(['default', 'load'], { error: 'expected default or load' }).default('default'),
  KITCHEN_CLOCK: z.coerce.number('expected a speed factor').positive().max(1000).optional(),
  DEMO_PASSWORD: z.string().min(8, 'expected at least 8 characters').default(DEMO_PASSWORD),
  OTEL_EXPORTER_OTLP_ENDPOINT: address('http', 'https'),
});

export interface Settings {
  readonly command: Command;
  /** What follows `exec`. */
  readonly rest: readonly string[];
  readonly fresh: boolean;
  readonly seed: boolean;
  /** Orders a minute that virtual guests place from the start; none unless asked for. */
  readonly demo: number | undefined;
  /** Do not ask before deleting. */
  readonly yes: boolean;
  readonly dataDir: string;
  readonly basePort: number;
  readonly servers: 'own' | 'docker';
  readonly external: {
    readonly postgresUrl: string | undefined;
    readonly mongoUri: string | undefined;
    readonly redisUrl: string | undefined;
    readonly amqpUrl: string | undefined;
    readonly amqpManagementUrl: string | undefined;
  };
  readonly namespace: string;
  readonly host: string;
  readonly logLevel: string;
  readonly kitchenProfile: string;
  readonly kitchenClock: number | undefined;
  readonly demoPassword: string;
}

/**
 * Reads the command line and the environment, once.
 *
 * @throws {LauncherConfigurationError} naming every fault of both at once
 */
export function readSettings(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Settings {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(present);
  const line = readCommandLine(argv);
  const faults = [
    ...line.faults,
    ...(parsed.error?.issues ?? []).map(({ path, message }) => {
      const name = path.join('.');
      return `${name}: ${message} (it is ${JSON.stringify(present[name])})`;
    }),
  ];
  if (parsed.data === undefined || faults.length > 0) throw new LauncherConfigurationError(faults);
  const read = parsed.data;
  return {
    ...line.settings,
    dataDir: resolve(line.data ?? read.BRIGADE_DATA ?? join(repositoryRoot, '.data')),
    basePort: read.BRIGADE_PORT,
    servers: read.BRIGADE_SERVERS,
    external: {
      postgresUrl: read.POSTGRES_URL,
      mongoUri: read.MONGODB_URI,
      redisUrl: read.REDIS_URL,
      amqpUrl: read.AMQP_URL,
      amqpManagementUrl: read.AMQP_MANAGEMENT_URL,
    },
    namespace: read.BRIGADE_NAMESPACE,
    host: read.HOST,
    logLevel: read.LOG_LEVEL,
    kitchenProfile: read.KITCHEN_PROFILE,
    kitchenClock: read.KITCHEN_CLOCK,
    demoPassword: read.DEMO_PASSWORD,
  };
}

const FLAGS = ['fresh', 'no-seed', 'yes'] as const;

function readCommandLine(argv: readonly string[]) {
  // What follows `exec` belongs to the subgraph, flags included.
  const end = argv.indexOf('exec') + 1 || argv.length;
  const { tokens } = parseArgs({
    args: argv.slice(0, end),
    options: {
      fresh: { type: 'boolean' },
      'no-seed': { type: 'boolean' },
      yes: { type: 'boolean', short: 'y' },
      data: { type: 'string' },
      // Its number stands after `=`: a word that follows is a command.
      demo: { type: 'boolean' },
    },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const faults: string[] = [];
  const given = new Set<string>();
  const words: string[] = [];
  let data: string | undefined;
  let demo: number | undefined;
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    if (token.name === 'data') {
      data = token.value;
      if (!data) faults.push('--data: expected a folder');
    } else if (token.name === 'demo') {
      demo = token.value === undefined ? DEMO_PACE : Number(token.value);
      if (!(Number.isInteger(demo) && demo >= 1 && demo <= FASTEST_DEMO))
        faults.push(`--demo: expected orders a minute, 1 to ${FASTEST_DEMO} (it is ${JSON.stringify(token.value)})`);
    } else if ((FLAGS as readonly string[]).includes(token.name)) given.add(token.name);
    else faults.push(`${token.rawName}: no such option (see --help)`);
  }
  const [command = 'start', ...surplus] = words;
  const isKnown = (COMMANDS as readonly string[]).includes(command);
  if (!isKnown) faults.push(`${command}: no such command, expected ${COMMANDS.join(', ')}`);
  for (const word of surplus) faults.push(`${word}: one command at a time`);
  const rest = argv.slice(end);
  if (command === 'exec' && rest.length === 0) faults.push('exec: expected a subgraph and its command');
  return {
    faults,
    data,
    settings: {
      command: command as Command,
      rest,
      fresh: given.has('fresh'),
      seed: !given.has('no-seed'),
      demo,
      yes: given.has('yes'),
    },
  };
}
