import { exchange } from '../http.ts';
import { bearer, type Send } from './transport.ts';

/** With the header that a page of another origin could not send unasked; served by the compatibility lane. */
export const getWithPreflight: Send = (url, { query, operationName, variables, extensions }, credentials = {}) => {
  const { token, headers, from, signal } = credentials;
  const parameters = new URLSearchParams();
  if (query !== undefined) parameters.set('query', query);
  if (typeof operationName === 'string') parameters.set('operationName', operationName);
  if (variables !== undefined) parameters.set('variables', JSON.stringify(variables));
  if (extensions !== undefined) parameters.set('extensions', JSON.stringify(extensions));
  return exchange(`${url}?${parameters.toString()}`, {
    headers: { 'apollo-require-preflight': '1', ...bearer(token), ...headers },
    from,
    signal,
  });
};
