import { hostname } from 'node:os';
import { z } from 'zod';

export const port = z.coerce.number().int().min(0).max(65_535);
export const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol.slice(0, -1)), {
    error: `expected a URL that starts with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`,
  });

/** What every process reads. */
export const processSettings = {
  /** Prefix of every database, key, queue and exchange. */
  BRIGADE_NAMESPACE: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,30}$/, 'expected lower-case letters, digits and _')
    .default('brigade'),
  /** Names this process in its health answers, so that whoever waits for it can tell it from another one. */
  INSTANCE_ID: z
    .string()
    .regex(/^[\w.:-]{1,100}$/, 'expected 1 to 100 letters, digits, `_`, `.`, `:` or `-`')
    .default(`${hostname()}:${process.pid}`.slice(-100)),
  /** The address on which it listens. */
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url('http', 'https').optional(),
  FAILPOINTS: z.string().default(''),
};

/** The servers and secrets that subgraphs share; each subgraph names the ones that it needs. */
export const sharedSettings = {
  POSTGRES_URL: url('postgres', 'postgresql'),
  MONGODB_URI: url('mongodb', 'mongodb+srv'),
  REDIS_URL: url('redis', 'rediss'),
  AMQP_URL: url('amqp', 'amqps'),
  /** Signs the header in which the router tells subgraphs who is asking; at least 32 characters. */
  ACTOR_SECRET: z.string().min(32),
  /** Connections of this subgraph to PostgreSQL. */
  POSTGRES_POOL: z.coerce.number().int().min(2).max(100).default(8),
  /** Messages that this subgraph works on at once. Half of the pool, so that requests find a free connection. */
  CONSUMER_CONCURRENCY: z.coerce.number().int().min(1).max(500).default(4),
  /** How many times a message is tried before it becomes a dead letter. */
  MESSAGE_ATTEMPTS: z.coerce.number().int().min(1).max(50).default(8),
};
