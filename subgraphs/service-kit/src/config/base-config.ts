import { hostname } from 'node:os';
import { z } from 'zod';

export const port = z.coerce.number().int().min(0).max(65_535);
/** Where a service listens. */
export const listeningPort = (fallback: number) =>
  port.default(fallback).describe('The port on which it listens, 0 for any free one.');
export const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol.slice(0, -1)), {
    error: `expected a URL that starts with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`,
  });

/** What every process reads. The descriptions are the tables in the READMEs: `npm run docs:generate`. */
export const processSettings = {
  BRIGADE_NAMESPACE: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,30}$/, 'expected lower-case letters, digits and _')
    .default('brigade')
    .describe('Prefix of every database, key, queue and exchange.'),
  INSTANCE_ID: z
    .string()
    .regex(/^[\w.:-]{1,100}$/, 'expected 1 to 100 letters, digits, `_`, `.`, `:` or `-`')
    .default(`${hostname()}:${process.pid}`.slice(-100))
    .meta({ shownDefault: 'host name and pid' })
    .describe('Names the process in its health answers, so that whoever waits for it can tell it from another one.'),
  HOST: z.string().default('127.0.0.1').describe('The address on which it listens.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('What is logged: this level and what is more severe.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url('http', 'https')
    .optional()
    .describe('Where traces are sent, by OTLP over HTTP; without it they are not exported.'),
  FAILPOINTS: z.string().default('').describe('Points at which a test breaks the process; see below.'),
};

/** The servers and secrets that subgraphs share; each subgraph names the ones that it needs. */
export const sharedSettings = {
  POSTGRES_URL: url('postgres', 'postgresql').describe(
    'The PostgreSQL server; each subgraph has a database of its own on it.',
  ),
  MONGODB_URI: url('mongodb', 'mongodb+srv').describe('The MongoDB server.'),
  REDIS_URL: url('redis', 'rediss').describe('The Redis server.'),
  AMQP_URL: url('amqp', 'amqps').describe('The RabbitMQ server.'),
  ACTOR_SECRET: z
    .string()
    .min(32)
    .describe('Signs the header in which the router tells subgraphs who is asking; at least 32 characters.'),
  POSTGRES_POOL: z.coerce
    .number()
    .int()
    .min(2)
    .max(100)
    .default(8)
    .describe('Connections of this subgraph to PostgreSQL.'),
  CONSUMER_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(500)
    .default(4)
    .describe(
      'Messages that this subgraph works on at once. Half of the pool, so that requests find a free connection.',
    ),
  MESSAGE_ATTEMPTS: z.coerce
    .number()
    .int()
    .min(1)
    .max(50)
    .default(8)
    .describe('How many times a message is tried before it becomes a dead letter.'),
};
