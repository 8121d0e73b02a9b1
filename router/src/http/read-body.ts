import type { IncomingMessage } from 'node:http';
import { refusal } from '../pipeline/refusal.ts';
import { ClientGone } from './client-gone.ts';

/**
 * Reads a body that is not compressed.
 * @throws Refusal (413) as soon as it is too long
 * @throws ClientGone when the connection ends before it is whole
 */
export function readBody(req: IncomingMessage, mostBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    if (Number(req.headers['content-length']) > mostBytes) {
      reject(tooLarge());
      return;
    }
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > mostBytes) {
        req.removeAllListeners('data');
        reject(tooLarge());
      } else chunks.push(chunk);
    });
    req.on('end', () => {
      const [only] = chunks;
      resolve((chunks.length === 1 && only ? only : Buffer.concat(chunks)).toString('utf8'));
    });
    req.on('error', (error) => reject(new ClientGone(error)));
    req.on('close', () => reject(new ClientGone()));
  });
}

const tooLarge = () => refusal(413, 'BAD_REQUEST', "The request body can't be read: entity.too.large");
