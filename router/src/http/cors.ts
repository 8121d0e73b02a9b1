import type { IncomingMessage } from 'node:http';

const SANDBOX = 'https://studio.apollographql.com';
const LOCAL = /^https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/;

/** The headers that let Apollo Sandbox, pages of this machine and the configured origins call; others get none of CORS. */
export type CorsHeaders = (req: IncomingMessage) => Readonly<Record<string, string>>;

/** Whether the page that a request comes from may read the answer. */
export type IsAllowedOrigin = (origin: string) => boolean;

export const allowedOrigins =
  (origins: readonly string[]): IsAllowedOrigin =>
  (origin) =>
    origin === SANDBOX || LOCAL.test(origin) || origins.includes(origin);

const NOT_ALLOWED = { vary: 'Origin' };

export const corsHeadersFor =
  (isAllowed: IsAllowedOrigin): CorsHeaders =>
  ({ headers }) => {
    const { origin } = headers;
    if (!origin || !isAllowed(origin)) return NOT_ALLOWED;
    return {
      ...NOT_ALLOWED,
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': headers['access-control-request-headers'] ?? 'content-type, authorization',
      'access-control-expose-headers': 'x-correlation-id',
      'access-control-max-age': '600',
    };
  };
