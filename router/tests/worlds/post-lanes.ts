import { gzipSync } from 'node:zlib';

interface LaneInit extends RequestInit {
  /** Behind the URL. */
  readonly search?: string;
}

/** The same request by each way over which an answer comes at once. */
export const postLanes: Readonly<Record<string, (body: string, headers: Record<string, string>) => LaneInit>> = {
  'the fast lane': (body, headers) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  }),
  // A URL with a search part is not usual.
  'the compatibility lane': (body, headers) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    search: '?',
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
  const { search = '', ...request } = init(typeof body === 'string' ? body : JSON.stringify(body), headers);
  const response = await fetch(url + search, request);
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    headers: response.headers,
    body: (await response.json()) as Reply['body'],
  };
}
