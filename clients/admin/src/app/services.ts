import { ConnectionMonitor, createClient, openSession } from '@brigade/graphql';

/** The page is served by the router that it asks. */
const ENDPOINT = '/graphql';

export const session = openSession('brigade-admin-session', ENDPOINT);
export const monitor = new ConnectionMonitor();
export const client = createClient({ endpoint: ENDPOINT, name: 'admin', session, monitor });
