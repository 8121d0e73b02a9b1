import type express from 'express';

const SANDBOX = 'https://studio.apollographql.com';
const LOCAL = /^https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/;

/** Lets Apollo Sandbox, pages of this machine and the configured origins call; others get no CORS headers. */
export function corsFor(origins: readonly string[]): express.RequestHandler {
  return (req, res, next) => {
    const origin = req.get('origin');
    res.vary('Origin');
    if (origin && (origin === SANDBOX || LOCAL.test(origin) || origins.includes(origin))) {
      res.set({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'GET, POST, OPTIONS',
        'access-control-allow-headers': req.get('access-control-request-headers') ?? 'content-type, authorization',
        'access-control-expose-headers': 'x-correlation-id',
        'access-control-max-age': '600',
      });
    }
    if (req.method === 'OPTIONS') res.status(204).end();
    else next();
  };
}
