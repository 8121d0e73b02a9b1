import { gzipSync } from 'node:zlib';

/** The same request by each way over which an answer comes at once. */
export const postLanes: Readonly<Record<string, (body: string, headers: Record<string, string>) => RequestInit>> = {
  'the fast lane': (body, headers) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  }),
  // A parameter that nobody knows is not usual.
  'the compatibility lane': (body, headers) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json; v=1', ...headers },
    body,
  }),
  'the compatibility lane, compressed': (body, headers) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip', ...headers },
    body: gzipSync(body),
  }),
};

export interface Reply {
  status: number;
  type: string | null;
  headers: Headers;
  body: {
    data?: Record<string, unknown> | null;
    errors?: { message: string; path?: unknown; extensions: Record<string, unknown> }[];
    extensions?: Record<string, unknown>;
  };
}

/** @param lane a name of `postLanes` */
export async function postOver(
  lane: string,
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const init = postLanes[lane];
  if (!init) throw new Error(`there is no lane called ${lane}`);
  const response = await fetch(url, init(typeof body === 'string' ? body : JSON.stringify(body), headers));
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    headers: response.headers,
    body: (await response.json()) as Reply['body'],
  };
}
