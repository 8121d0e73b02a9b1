import type { GraphQLFormattedError } from 'graphql';
import { isObject, type JsonObject } from '../compile/own.ts';
import { readErrors } from '../compile/subgraph-errors.ts';
import { parseJson } from '../http/parse-json.ts';

/** What becomes of a message of a subgraph (graphql-transport-ws). */
export interface ReadMessage {
  /** As the protocol has it; absent where the message concerns nobody. */
  readonly message?: JsonObject;
  /** What was wrong with it. */
  readonly fault?: string;
  /** The subscription that ends because of it, and of which the subgraph does not know so. */
  readonly ends?: string;
}

/**
 * Reads a message. One that breaks the protocol costs at most the subscription that it names: the socket and its other
 * subscriptions go on.
 * @param data a text, or bytes, which the protocol does not have
 * @param broken the error that ends a subscription whose subgraph breaks the protocol
 */
export function readMessage(data: unknown, broken: (fault: string) => GraphQLFormattedError): ReadMessage {
  const given = parse(data);
  if (typeof given === 'string') return { fault: given };
  const { type, id, payload } = given;
  switch (type) {
    case 'connection_ack':
    case 'ping':
    case 'pong':
      // They are about no subscription, also where they name one.
      if (payload === undefined || isObject(payload)) return { message: { type, ...(payload && { payload }) } };
      return { message: { type }, fault: `the payload of ${type} is no object` };
    case 'next':
    case 'error':
    case 'complete':
      if (typeof id !== 'string' || id === '') return { fault: `${type} without an id` };
      break;
    default:
      return { fault: `a message of type ${JSON.stringify(type ?? null).slice(0, 40)}` };
  }
  if (type === 'complete') return { message: { type, id } };
  if (type === 'error') return readEnd(id, payload, broken);
  const event = readEvent(payload, broken);
  if (typeof event !== 'string') return { message: { type, id, payload: event } };
  return { message: { type: 'error', id, payload: [broken(event)] }, fault: event, ends: id };
}

function parse(data: unknown): JsonObject | string {
  if (typeof data !== 'string') return 'a message of bytes';
  try {
    const message = parseJson(data);
    return isObject(message) ? message : 'a message that is no object';
  } catch {
    return 'a message that is no JSON';
  }
}

/** The end of a subscription. Whatever stands in place of its errors, it has ended, with at least one. */
function readEnd(id: string, payload: unknown, broken: (fault: string) => GraphQLFormattedError): ReadMessage {
  const errors = (Array.isArray(payload) ? payload : [payload]).map(asError);
  const told = errors.filter((error) => error !== undefined);
  const isSound = Array.isArray(payload) && errors.length > 0 && told.length === errors.length;
  const fault = 'the payload of error is no list of errors';
  return {
    message: { type: 'error', id, payload: told.length > 0 ? told : [broken(fault)] },
    ...(!isSound && { fault }),
  };
}

/** @returns a GraphQL response with data or errors, or why it is none */
function readEvent(payload: unknown, broken: (fault: string) => GraphQLFormattedError): JsonObject | string {
  if (!isObject(payload)) return 'the payload of next is no object';
  const { data, errors } = payload;
  if (data !== undefined && data !== null && !isObject(data)) return 'the data of next is no object';
  if (errors === undefined || errors === null) {
    return data ? { data } : 'next has neither data nor errors';
  }
  const told = Array.isArray(errors) ? errors.map(asError).filter((error) => error !== undefined) : [];
  if (told.length === 0) {
    if (Array.isArray(errors) && errors.length === 0 && data) return { data };
    told.push(broken('the errors of next are no list of errors'));
  }
  return { ...(data !== undefined && { data }), errors: told };
}

/** What is no error, unlike one without details, tells that the subgraph breaks the protocol. */
function asError(value: unknown): GraphQLFormattedError | undefined {
  return isObject(value) && typeof value.message === 'string' ? readErrors([value])[0] : undefined;
}
