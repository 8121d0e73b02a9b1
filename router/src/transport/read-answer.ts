import { parseExact } from '../compile/exact-json.ts';
import { isObject } from '../compile/own.ts';
import type { SubgraphResponse } from '../compile/subgraph-call.ts';
import { readErrors } from '../compile/subgraph-errors.ts';
import { SubgraphFailure } from './subgraph-failure.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * A GraphQL response, whatever its status is. One without data has at least one error.
 * @throws SubgraphFailure (`invalid`) for everything else
 */
export function readAnswer(subgraph: string, status: number, body: Buffer): SubgraphResponse {
  const invalid = (what: string, cause?: unknown) =>
    new SubgraphFailure(subgraph, 'invalid', `status ${status} and ${what}`, { cause });
  let response: unknown;
  try {
    const text = body.toString('utf8');
    response = parseExact(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  } catch (error) {
    throw invalid('no JSON', error);
  }
  if (!isObject(response)) throw invalid('no GraphQL response');
  const { data = null, errors: told } = response;
  if (data !== null && !isObject(data)) throw invalid('"data" is no object');
  if (data === null && status >= 500) throw invalid('no data');
  const errors = readErrors(told);
  if (data === null && errors.length === 0) throw invalid('neither data nor errors');
  return { ...('data' in response && { data }), ...(errors.length > 0 && { errors }) };
}
