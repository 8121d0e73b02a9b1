import { getWithPreflight } from './get.ts';
import { postCompressed, postJson } from './post.ts';
import { multipart, serverSentEvents } from './streams.ts';
import type { Send } from './transport.ts';
import { webSocket } from './websocket.ts';

export type { Credentials, Operation, Send } from './transport.ts';

/** Every way that leads to the router's pipeline, under one contract. */
export const transports = {
  'fast lane': postJson,
  'compatibility lane': postCompressed,
  GET: getWithPreflight,
  WebSocket: webSocket,
  'server-sent events': serverSentEvents,
  multipart,
} satisfies Record<string, Send>;

export type TransportName = keyof typeof transports;

export const everyTransport = Object.keys(transports) as readonly TransportName[];
/** Without GET, which carries neither mutations nor anything long. */
export const bodyTransports = everyTransport.filter((name) => name !== 'GET');
export const plainTransports: readonly TransportName[] = ['fast lane', 'compatibility lane', 'GET'];
export const streamTransports: readonly TransportName[] = ['WebSocket', 'server-sent events', 'multipart'];
