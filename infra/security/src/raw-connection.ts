import { connect } from 'node:net';
import { newAddress } from './address.ts';
import { answerOf, PATIENCE_MS } from './http.ts';
import type { Answer } from './answer.ts';

/**
 * Writes bytes that need not be HTTP to the router's port, says that nothing more comes, and takes what comes until the
 * connection ends.
 * @param cutOffAs what it counts as when the connection ends without a status
 */
export function writeBytes(url: string, bytes: string | Buffer, { cutOffAs = 400 } = {}): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const localAddress = newAddress();
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), ...(localAddress && { localAddress }) });
    let text = '';
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)));
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('close', () => {
      const [head = '', ...body] = text.split('\r\n\r\n');
      resolve(answerOf(Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? cutOffAs), {}, body.join('\r\n\r\n')));
    });
    socket.end(bytes);
  });
}
