export * from './generated/graphql.ts';
export { createClient, type ClientOptions } from './client/create-client.ts';
export { ConnectionMonitor, type Connection, type ConnectionState } from './client/connection-monitor.ts';
export { keepOpen } from './client/keep-open.ts';
export { formatMoney, type Money } from './format/money.ts';
export { openSession } from './session/open-session.ts';
export { SessionKeeper } from './session/session-keeper.ts';
export type { Role, Session } from './session/session.ts';
