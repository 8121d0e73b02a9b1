import type { IncomingMessage } from 'node:http';

/**
 * The network address of whoever sent a request: of the connection, or what the outermost trusted proxy says of its own
 * in `x-forwarded-for`. What stands before that was written by the client.
 * @param trustedProxies how many proxies stand in front of the router
 */
export function clientAddress(req: IncomingMessage, trustedProxies: number): string {
  const direct = req.socket.remoteAddress ?? '';
  if (trustedProxies === 0) return direct;
  const forwarded = req.headersDistinct['x-forwarded-for']?.join(',') ?? '';
  const hops = [...forwarded.split(',').map((hop) => hop.trim()), direct].filter(Boolean);
  return hops.at(-1 - trustedProxies) ?? hops[0] ?? direct;
}
