import type { IncomingMessage, ServerResponse } from 'node:http';

const SANDBOX = 'https://studio.apollographql.com';
const LOCAL = /^https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/;

/** Lets Apollo Sandbox, pages of this machine and the configured origins call; others get no CORS headers. */
export type AllowOrigin = (req: IncomingMessage, res: ServerResponse) => void;

/** Whether the page that a request comes from may read the answer. */
export type IsAllowedOrigin = (origin: string) => boolean;

export const allowedOrigins =
  (origins: readonly string[]): IsAllowedOrigin =>
  (origin) =>
    origin === SANDBOX || LOCAL.test(origin) || origins.includes(origin);

export function allowOrigins(isAllowed: IsAllowedOrigin): AllowOrigin {
  return (req, res) => {
    const { origin } = req.headers;
    res.setHeader('vary', 'Origin');
    if (!origin || !isAllowed(origin)) return;
    res.setHeader('access-control-allow-origin', origin);
    res.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS');
    res.setHeader(
      'access-control-allow-headers',
      req.headers['access-control-request-headers'] ?? 'content-type, authorization',
    );
    res.setHeader('access-control-expose-headers', 'x-correlation-id');
    res.setHeader('access-control-max-age', '600');
  };
}
