import { isObject, type JsonObject } from '../compile/own.ts';
import type { GraphQLParams } from '../pipeline/engine.ts';
import { refusal } from '../pipeline/refusal.ts';
import { parseJson } from './parse-json.ts';

/** @throws Refusal (400) */
export function parseBody(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw refusal(400, 'BAD_REQUEST', "The request body can't be read: entity.parse.failed");
  }
}

/** Whether it is an operation: its text or its hash, and no more than what is known of requests. */
export const isPlain = (body: unknown): body is GraphQLParams & JsonObject =>
  isObject(body) &&
  (body.query === undefined
    ? isObject(body.extensions) && isObject(body.extensions.persistedQuery)
    : body.query !== '') &&
  (body.query === undefined || typeof body.query === 'string') &&
  (body.operationName === undefined || body.operationName === null || typeof body.operationName === 'string') &&
  (body.variables === undefined || body.variables === null || isObject(body.variables)) &&
  (body.extensions === undefined || body.extensions === null || isObject(body.extensions));
