/** How a stream of responses is written: server-sent events, or Apollo's multipart protocol. */
export type StreamKind = 'sse' | 'multipart';
