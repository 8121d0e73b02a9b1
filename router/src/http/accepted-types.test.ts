import { describe, expect, test } from '@jest/globals';
import { acceptedTypesOf } from './accepted-types.ts';

const of = (accept: string | undefined) => {
  const { json, stream } = acceptedTypesOf({ headers: { accept } });
  return [json?.split(';')[0]?.replace('application/', '') ?? '-', stream ?? '-'].join(' ');
};

describe('the forms in which a client takes an answer', () => {
  test.each<[string | undefined, string]>([
    [undefined, 'json -'],
    ['', 'json -'],
    ['*/*', 'json -'],
    ['application/*', 'json -'],
    ['application/json', 'json -'],
    ['APPLICATION/JSON;CHARSET=UTF-8', 'json -'],
    ['application/json;q=0', '- -'],
    ['application/json;q=0.000', '- -'],
    ['application/json;q=0, */*', 'graphql-response+json -'],
    ['application/json;q=0, */*;q=0.1', 'graphql-response+json -'],
    ['*/*;q=0', '- -'],
    ['application/*;q=0, application/json', 'json -'],
    ['application/graphql-response+json', 'graphql-response+json -'],
    ['application/graphql-response+json, application/json;q=0.9', 'graphql-response+json -'],
    ['application/graphql-response+json;q=0.8, application/json;q=0.9', 'json -'],
    ['application/graphql-response+json, application/json', 'graphql-response+json -'],
    ['application/json, application/graphql-response+json', 'json -'],
    ['application/graphql-response+json, */*;q=0.1', 'graphql-response+json -'],
    ['text/html', '- -'],
    ['text/html, */*;q=0.1', 'json -'],
    ['image/png, text/plain', '- -'],
    ['nonsense', '- -'],
    ['application/json;profile="a,text/event-stream"', '- -'],

    ['text/event-stream', '- sse'],
    ['Text/Event-Stream', '- sse'],
    ['text/event-stream;q=0', '- -'],
    ['text/event-stream;q=0, */*', 'json -'],
    ['application/json, text/event-stream', 'json sse'],
    ['text/event-stream, application/json;q=0.1', 'json sse'],
    ['application/json;q=0, text/event-stream', '- sse'],
    ['text/*', '- -'],
    ['application/json;profile=text/event-stream, */*', 'json -'],

    ['multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json', 'json multipart'],
    ['multipart/mixed; boundary="-,-"; subscriptionspec="1.0"', '- multipart'],
    ['multipart/mixed;subscriptionSpec=1.0;q=0.000, application/json', 'json -'],
    ['multipart/mixed;subscriptionSpec=1.0;q=0.5, text/event-stream;q=0.4', '- multipart'],
    ['multipart/mixed;subscriptionSpec=1.0;q=0.4, text/event-stream;q=0.5', '- sse'],
    ['multipart/mixed;deferSpec=20220824,application/json, */*', 'json -'],
    ['application/json, text/event-stream, multipart/mixed', 'json sse'],
    ['multipart/*', '- -'],
  ])('%j: %s', (accept, expected) => {
    expect(of(accept)).toBe(expected);
  });
});
