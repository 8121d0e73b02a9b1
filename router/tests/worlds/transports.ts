import {
  ApolloClient,
  CombinedGraphQLErrors,
  CombinedProtocolErrors,
  HttpLink,
  InMemoryCache,
  ServerError,
} from '@apollo/client';
import { parse, type DocumentNode } from 'graphql';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import WebSocket from 'ws';

export interface Result {
  data?: { [field: string]: unknown } | null;
  errors?: readonly { message: string; extensions?: { code?: string } }[];
}

/** What a client of some transport has been told. */
export interface Watching {
  readonly results: Result[];
  readonly ended: () => 'completed' | 'failed' | undefined;
  readonly failure: () => unknown;
  stop(): void;
}
export interface Request {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
}
export type Watch = (url: string, request: Request, token?: string) => Watching;

function collector() {
  const results: Result[] = [];
  let ended: 'completed' | 'failed' | undefined;
  let failure: unknown;
  return {
    sink: {
      next: (result: unknown) => void results.push(result as Result),
      error: (error: unknown) => {
        ended = 'failed';
        failure = error;
      },
      complete: () => {
        ended ??= 'completed';
      },
    },
    watching: { results, ended: () => ended, failure: () => failure },
  };
}

const readByHand: Watch = (url, request, token) => {
  const { sink, watching } = collector();
  const stopping = new AbortController();
  void readMultipart(url, request, token, stopping.signal, sink).catch((error: unknown) => {
    if (!stopping.signal.aborted) sink.error(error);
  });
  return { ...watching, stop: () => stopping.abort() };
};

export const transports: Readonly<Record<string, Watch>> = {
  'graphql-transport-ws': (url, request, token) => {
    const { sink, watching } = collector();
    const client = createWsClient({
      url: url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: token ? { authorization: `Bearer ${token}` } : {},
    });
    client.subscribe(request as never, sink);
    return { ...watching, stop: () => void client.dispose() };
  },
  'server-sent events': (url, request, token) => {
    const { sink, watching } = collector();
    const client = createSseClient({
      url,
      retryAttempts: 0,
      headers: token ? { authorization: `Bearer ${token}` } : {},
    });
    client.subscribe(request as never, sink);
    return { ...watching, stop: () => client.dispose() };
  },
  multipart: (...given) => readByHand(...given),
  'multipart, by Apollo Client': (url, request, token) => {
    // It refuses by itself what is no subscription, and what it can't parse.
    if (!/^subscription\b.*\}$/s.test(request.query)) return readByHand(url, request, token);
    const { sink, watching } = collector();
    const client = new ApolloClient({
      cache: new AsItIs(),
      link: new HttpLink({ uri: url, headers: token ? { authorization: `Bearer ${token}` } : {} }),
    });
    const { query, variables } = request;
    const subscription = client
      .subscribe({ query: parse(query), ...(variables && { variables }), errorPolicy: 'all', fetchPolicy: 'no-cache' })
      .subscribe({
        next: ({ data, error }) => {
          const errors = CombinedGraphQLErrors.is(error) ? error.errors : undefined;
          // A refusal (application/graphql-response+json) is a result without data to it.
          if (error && (!errors || data === undefined)) sink.error(asErrors(error));
          else sink.next({ data, ...(errors && { errors }) });
        },
        error: (error: unknown) => sink.error(asErrors(error)),
        complete: sink.complete,
      });
    return {
      ...watching,
      stop: () => {
        subscription.unsubscribe();
        client.stop();
      },
    };
  },
};

/** A cache that asks for nothing more than was written. */
class AsItIs extends InMemoryCache {
  override transformDocument(document: DocumentNode): DocumentNode {
    return document;
  }
}

/** What Apollo Client says of a response that is none, in the words of the response. */
function asErrors(error: unknown): unknown {
  if (CombinedGraphQLErrors.is(error) || CombinedProtocolErrors.is(error)) return error.errors;
  if (ServerError.is(error)) return (JSON.parse(error.bodyText) as { errors: unknown }).errors;
  return error;
}

/** As Apollo Client reads it: a part counts when the boundary after it has come. */
async function readMultipart(
  url: string,
  request: Request,
  token: string | undefined,
  signal: AbortSignal,
  sink: ReturnType<typeof collector>['sink'],
): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    signal,
    headers: {
      'content-type': 'application/json',
      accept: 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(request),
  });
  if (!response.headers.get('content-type')?.startsWith('multipart/mixed')) {
    const result = (await response.json()) as Result;
    if (!response.ok) {
      sink.error(result.errors);
      return;
    }
    // What is no subscription is answered at once.
    sink.next(result);
    sink.complete();
    return;
  }
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    for (let at = text.indexOf('\r\n--graphql'); at >= 0; at = text.indexOf('\r\n--graphql')) {
      const part = text.slice(0, at);
      text = text.slice(at + '\r\n--graphql'.length);
      const body = part.split('\r\n\r\n')[1];
      if (!body) continue;
      const message = JSON.parse(body) as { payload?: Result | null; errors?: unknown };
      if (message.payload) sink.next(message.payload);
      else if (message.errors) sink.error(message.errors);
    }
  }
  sink.complete();
}

export const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + 20_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`never true: ${String(condition)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

/** The code of the first error with which a subscription was refused, whatever carries the refusal. */
export async function codeOf({ failure }: Watching): Promise<string | undefined> {
  const told = failure();
  // graphql-sse hands over the whole response.
  const response = (told as { response?: Response } | undefined)?.response;
  const errors = response ? ((await response.json()) as { errors: unknown }).errors : told;
  return (errors as { extensions?: { code?: string } }[])[0]?.extensions?.code;
}
