import { ConnectionMonitor, createClient, openSession } from '@brigade/graphql';

/** The page is served by the router that it asks. */
const ENDPOINT = '/graphql';

export const session = openSession('brigade-session', ENDPOINT);
export const monitor = new ConnectionMonitor();
export const client = createClient({ endpoint: ENDPOINT, name: 'storefront', session, monitor });

// What was read as one guest is not for the next one, whichever tab they came in by.
let user = session.current?.user.id;
session.subscribe((now) => {
  const before = user;
  user = now?.user.id;
  if (before === undefined || before === user) return;
  // What is read again and fails is told by the page that asked for it.
  client.resetStore().catch(() => undefined);
});
