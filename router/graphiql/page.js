/* The page itself. Everything that it needs comes from the router, nothing from the internet. */
/* global GraphiQL, React, ReactDOM, graphqlWs */
import { planOf, planPlugin } from './plan.js';
import { tokenFromParent } from './token.js';

const ENDPOINT = '/graphql';

const askToken = tokenFromParent(window);

/** GraphiQL asks here for everything, the schema included. */
async function fetcher(params, { headers: written = {}, documentAST } = {}) {
  const headers = await authorised(written);
  return isSubscription(documentAST, params.operationName) ? subscribe(params, headers) : ask(params, headers);
}

/** What the headers editor says goes before who is signed in to the page around this one. */
async function authorised(headers) {
  if (Object.keys(headers).some((name) => name.toLowerCase() === 'authorization')) return headers;
  const token = await askToken();
  return token ? { ...headers, authorization: `Bearer ${token}` } : headers;
}

const isSubscription = (document, operationName) =>
  (document?.definitions ?? []).some(
    ({ operation, name }) => operation === 'subscription' && (!operationName || name?.value === operationName),
  );

async function ask(params, headers) {
  const forSchema = params.operationName === 'IntrospectionQuery';
  const response = await fetch(ENDPOINT, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(!forSchema && { 'x-brigade-debug': 'plan' }),
      ...headers,
    },
    body: JSON.stringify(params),
  });
  const result = await response.json();
  return forSchema ? result : planOf(result);
}

/** Over WebSocket, by a connection of its own: the headers of this moment say who asks. */
function subscribe(params, headers) {
  const client = graphqlWs.createClient({
    url: new URL(ENDPOINT, location.href.replace(/^http/, 'ws')).href,
    connectionParams: headers,
    lazyCloseTimeout: 0,
  });
  return {
    subscribe(observer) {
      const stop = client.subscribe(params, {
        next: (result) => observer.next(result),
        error: (error) => observer.error(isClosing(error) ? new Error(`${error.code}: ${error.reason}`) : error),
        complete: () => observer.complete(),
      });
      return { unsubscribe: stop };
    },
  };
}

const isClosing = (error) => typeof error?.code === 'number' && typeof error.reason === 'string';

const welcome = `# Everything on this page comes from the router itself.
#
# Headers: the editor below, e.g. {"Authorization": "Bearer …"}; subscriptions send them when they connect.
# Query plan: the last icon on the left shows what the router asked of which subgraph, and how long it took.

{
  __typename
}
`;

ReactDOM.createRoot(document.getElementById('page')).render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultQuery: welcome,
    defaultEditorToolsVisibility: 'headers',
    isHeadersEditorEnabled: true,
    plugins: [planPlugin],
  }),
);
