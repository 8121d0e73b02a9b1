import { gzipSync } from 'node:zlib';
import { exchange } from '../http.ts';
import { bearer, type Send } from './transport.ts';

/** As nearly all clients ask: served by the fast lane, unless something stands beside the operation. */
export const postJson: Send = (url, operation, { token, headers, from, signal } = {}) =>
  exchange(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(token), ...headers },
    body: JSON.stringify(operation),
    from,
    signal,
  });

/** Compressed: served by the compatibility lane. */
export const postCompressed: Send = (url, operation, { token, headers, from, signal } = {}) =>
  exchange(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip', ...bearer(token), ...headers },
    body: gzipSync(JSON.stringify(operation)),
    from,
    signal,
  });
