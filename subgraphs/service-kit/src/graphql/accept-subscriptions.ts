import type { IncomingMessage, Server } from 'node:http';
import type { Disposable } from 'graphql-ws';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { ACTOR_HEADER, verifyActor, type Actor } from '../actor/actor.ts';
import { runInWork } from '../observe/context.ts';
import type { Logger } from '../observe/logger.ts';
import { CORRELATION_HEADER, correlationIdFrom } from './correlation.ts';
import { formatErrors } from './format-error.ts';
import { createRequestContext } from './request-context.ts';

const MAX_MESSAGE_BYTES = 1_000_000;

type Caller = {
  actor?: Actor;
  correlationId?: string;
  /** On whose behalf a subscription is, by its id, where that is not the one who opened the socket. */
  behalf?: Map<string, Actor>;
  request: IncomingMessage;
};

/**
 * Subscriptions over graphql-ws. The signed actor comes as header of the upgrade or as `connection_init` payload;
 * without one the socket is closed with 4403. A router that carries the subscriptions of many over one socket says with
 * each, in the `extensions` of its payload, on whose behalf it is. Errors are masked as over HTTP.
 */
export function acceptSubscriptions(
  http: Server,
  { schema, actorSecret, log }: { schema: GraphQLSchema; actorSecret: string; log: Logger },
): Disposable {
  const wss = new WebSocketServer({ server: http, path: '/graphql', maxPayload: MAX_MESSAGE_BYTES });
  const format = formatErrors(log);
  const mask = ({ correlationId = '' }: Caller, errors: readonly GraphQLError[]): GraphQLFormattedError[] =>
    runInWork({ correlationId, causationId: correlationId }, () =>
      errors.map((error) => format(withCode(error), error)),
    );
  return useServer<Record<string, unknown>, Caller>(
    {
      schema,
      async onConnect({ connectionParams, extra }) {
        const { headers } = extra.request;
        const given = connectionParams?.[ACTOR_HEADER] ?? headers[ACTOR_HEADER];
        extra.correlationId = correlationIdFrom(connectionParams?.[CORRELATION_HEADER] ?? headers[CORRELATION_HEADER]);
        try {
          extra.actor = await verifyActor(typeof given === 'string' ? given : undefined, actorSecret);
          return true;
        } catch {
          return false;
        }
      },
      async onSubscribe({ extra }, id, { extensions }) {
        const given = extensions?.[ACTOR_HEADER];
        if (given === undefined) return undefined;
        try {
          (extra.behalf ??= new Map()).set(id, await verifyActor(String(given), actorSecret));
          return undefined;
        } catch (error) {
          return [new GraphQLError((error as Error).message, { extensions: { code: 'UNAUTHENTICATED' } })];
        }
      },
      context({ extra }, id, { extensions }) {
        const actor = extra.behalf?.get(id) ?? extra.actor ?? { kind: 'anonymous' as const };
        extra.behalf?.delete(id);
        return createRequestContext(
          actor,
          correlationIdFrom(extensions?.[CORRELATION_HEADER] ?? extra.correlationId),
          log,
        );
      },
      onError: ({ extra }, _id, _payload, errors) => mask(extra, errors),
      onNext: ({ extra }, _id, _payload, _args, { errors, ...result }) =>
        errors ? { ...result, errors: mask(extra, errors) } : undefined,
    },
    wss,
  );
}

/** What graphql-js finds wrong with the request itself carries no code; Apollo Server adds it over HTTP. */
const withCode = (error: GraphQLError): GraphQLFormattedError => ({
  ...error.toJSON(),
  extensions: { ...(!error.originalError && { code: 'GRAPHQL_VALIDATION_FAILED' }), ...error.extensions },
});
