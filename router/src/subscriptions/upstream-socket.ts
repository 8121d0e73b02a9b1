import WebSocket from 'ws';
import type { ReadMessage } from './upstream-message.ts';

export interface UpstreamSocketOptions {
  readonly read: (data: unknown) => ReadMessage;
  /** Of a message; a longer one ends the connection. */
  readonly maxMessageBytes: number;
  /** Told of the first message of each connection that breaks the protocol. */
  readonly onFault: (fault: string) => void;
}

/**
 * The WebSocket that graphql-ws opens. It closes a connection at the first message that is not as it should be, which
 * would cost every subscription of the subgraph; here such messages are dealt with before it sees them.
 */
export function createUpstreamSocket({ read, maxMessageBytes, onFault }: UpstreamSocketOptions): typeof WebSocket {
  return class UpstreamSocket extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol, { maxPayload: maxMessageBytes });
      let receive: ((event: { data: unknown }) => void) | null = null;
      let isFaulty = false;
      Object.defineProperty(this, 'onmessage', {
        get: () => receive,
        set: (listener: typeof receive) => {
          receive = listener;
        },
      });
      this.addEventListener('message', ({ data }) => {
        const { message, fault, ends } = read(data);
        if (fault !== undefined && !isFaulty) {
          isFaulty = true;
          onFault(fault);
        }
        // An object need not be parsed again.
        if (message) receive?.({ data: message });
        if (ends !== undefined && this.readyState === WebSocket.OPEN) {
          this.send(JSON.stringify({ id: ends, type: 'complete' }));
        }
      });
    }
  } as typeof WebSocket;
}
