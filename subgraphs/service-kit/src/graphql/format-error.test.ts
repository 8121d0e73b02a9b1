import { describe, expect, test } from '@jest/globals';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { z } from 'zod';
import { DependencyUnavailable } from '../errors/delivery-errors.ts';
import { BadUserInput, DomainError, Forbidden, NotFound, Unauthenticated } from '../errors/domain-error.ts';
import { runInWork } from '../observe/context.ts';
import { createLogger } from '../observe/logger.ts';
import { formatErrors } from './format-error.ts';

class OutOfStock extends DomainError {
  readonly code = 'OUT_OF_STOCK';
}

const logged: string[] = [];
const format = formatErrors(createLogger('test', 'error', { write: (line) => logged.push(line) }));

/** What the API says of an error that a resolver threw. */
const fromResolver = (thrown: Error, code?: string): GraphQLFormattedError => {
  const error = new GraphQLError(thrown.message, {
    originalError: thrown,
    path: ['order'],
    extensions: { ...(code && { code }), stacktrace: ['secret.ts'] },
  });
  return format({ ...error.toJSON() }, error);
};

describe('an error in the API', () => {
  test.each([
    [new OutOfStock('Out of stock.', { dishId: '7' }), { code: 'OUT_OF_STOCK', dishId: '7' }],
    [new BadUserInput('first must be positive.'), { code: 'BAD_USER_INPUT' }],
    [new Unauthenticated(), { code: 'UNAUTHENTICATED' }],
    [new Forbidden(), { code: 'FORBIDDEN' }],
    [new NotFound('There is no such order.'), { code: 'NOT_FOUND' }],
  ])('is what the domain says: %s', (error, extensions) => {
    expect(fromResolver(error)).toEqual({ message: error.message, path: ['order'], extensions });
  });

  test("does not let a domain error's details replace its code", () => {
    expect(fromResolver(new OutOfStock('x', { code: 'OTHER' })).extensions?.code).toBe('OUT_OF_STOCK');
  });

  test('names every field of an input that broke a rule', () => {
    const schema = z.strictObject({ lines: z.array(z.object({ quantity: z.int().min(1) })), city: z.string() });
    const { error } = schema.safeParse({ lines: [{ quantity: 0 }] });
    expect(fromResolver(error as Error).extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      faults: [{ path: 'lines.0.quantity' }, { path: 'city' }],
    });
  });

  test.each(['GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_PARSE_FAILED', 'BAD_USER_INPUT', 'PERSISTED_QUERY_NOT_FOUND'])(
    'about the request itself is shown: %s',
    (code) => {
      const error = new GraphQLError('Cannot query field "x".', { extensions: { code, stacktrace: ['secret.ts'] } });
      expect(format(error.toJSON(), error)).toEqual({ message: error.message, extensions: { code } });
    },
  );

  test('that nobody expected is masked, logged whole, and named by its correlation id', () => {
    logged.length = 0;
    const answer = runInWork({ correlationId: 'c-1', causationId: 'c-1' }, () =>
      fromResolver(new Error('password authentication failed for user "app"')),
    );
    expect(answer).toEqual({
      message: 'Something went wrong on our side.',
      path: ['order'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId: 'c-1' },
    });
    expect(JSON.parse(logged.join())).toMatchObject({
      correlationId: 'c-1',
      err: { message: 'password authentication failed for user "app"' },
    });
  });

  test.each([
    ['a store', Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { code: 'ECONNREFUSED' })],
    ['another subgraph', new DependencyUnavailable('http://10.0.0.1:4003/graphql: fetch failed')],
  ])('%s that is away is told as such, without saying where it is', (_what, error) => {
    expect(fromResolver(error)).toEqual({
      message: 'A part of the system does not answer.',
      path: ['order'],
      extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
    });
  });
});
