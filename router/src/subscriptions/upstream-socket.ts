import WebSocket from 'ws';
import type { ReadMessage } from './upstream-message.ts';

export interface UpstreamSocketOptions {
  readonly read: (data: unknown) => ReadMessage;
  /** Of a message; a longer one ends the connection. */
  readonly maxMessageBytes: number;
  /** Told of the first message of each connection that breaks the protocol. */
  readonly onFault: (fault: string) => void;
  /** Told why a connection ended, where it failed. */
  readonly onError: (error: Error) => void;
}

type Listener<Event> = ((event: Event) => void) | null;

/**
 * The WebSocket that graphql-ws opens. It closes a connection at the first message that is not as it should be, which
 * would cost every subscription of the subgraph; here such messages are dealt with before it sees them.
 *
 * It also takes what happens to any of its sockets for what happens to the newest one. So it is told of each socket's
 * end once, by `close`, and of nothing that an older one does.
 */
export function createUpstreamSocket(options: UpstreamSocketOptions): typeof WebSocket {
  const { read, maxMessageBytes, onFault, onError } = options;
  let count = 0;
  return class UpstreamSocket extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol, { maxPayload: maxMessageBytes });
      const number = (count += 1);
      let receive: Listener<{ data: unknown }> = null;
      let closed: Listener<WebSocket.CloseEvent> = null;
      let isFaulty = false;
      Object.defineProperties(this, {
        onmessage: {
          set(listener: typeof receive) {
            receive = listener;
          },
        },
        onclose: {
          set(listener: typeof closed) {
            closed = listener;
          },
        },
        onerror: { set() {} },
      });
      this.addEventListener('message', ({ data }) => {
        if (number !== count) return;
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
      this.on('error', (error) => {
        onError(error);
        // Else it would wait for the subgraph to agree to the end.
        this.terminate();
      });
      this.addEventListener('close', (event) => {
        if (number === count) closed?.(event);
      });
    }
  } as typeof WebSocket;
}
