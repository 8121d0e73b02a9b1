import type { Answer, GraphQLBody, ToldError } from '../answer.ts';
import { RawSocket, type SocketMessage } from '../socket.ts';
import type { Send } from './transport.ts';

/** graphql-transport-ws, one socket for one operation. */
export const webSocket: Send = async (url, operation, { token, headers, from, signal } = {}): Promise<Answer> => {
  const socket = await RawSocket.open(url, { headers, from });
  signal?.addEventListener('abort', () => socket.end());
  try {
    const payload = { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    socket.say({ type: 'connection_init', payload });
    await socket.until(() => socket.isOver || socket.told('connection_ack'));
    socket.say({ id: 'one', type: 'subscribe', payload: operation });
    await socket.until(() => socket.isOver || socket.told('next') || socket.told('error') || socket.told('complete'));
    return answerFrom(socket);
  } finally {
    socket.end();
  }
};

/** What a socket has been told so far, as the answer to an attack; by default all of it counts. */
export function answerFrom(
  { messages: all, refusedWith, closeCode }: RawSocket,
  counts: (message: SocketMessage) => boolean = () => true,
): Answer {
  const messages = all.filter(counts);
  const next = messages.find(({ type }) => type === 'next');
  const error = messages.find(({ type }) => type === 'error');
  const body = next ? (next.payload as GraphQLBody) : error && { errors: error.payload as ToldError[] };
  return {
    ...(refusedWith !== undefined && { status: refusedWith }),
    ...(closeCode !== undefined && { closeCode }),
    refused: error !== undefined || refusedWith !== undefined,
    headers: {},
    ...(body && { body }),
    text: JSON.stringify(messages),
  };
}
