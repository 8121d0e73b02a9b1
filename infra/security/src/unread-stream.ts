import { request } from 'node:http';
import { newAddress } from './address.ts';
import { answerOf } from './http.ts';
import type { Answer } from './answer.ts';
import type { Operation } from './transports/index.ts';

/** Asks for a stream, and reads nothing of it before `until` has come true; then all of it, to its end. */
export function readLate(
  url: string,
  accept: string,
  operation: Operation,
  until: () => Promise<void>,
): Promise<Answer> {
  const localAddress = newAddress();
  return new Promise((resolve, reject) => {
    const req = request(url, {
      method: 'POST',
      agent: false,
      ...(localAddress && { localAddress }),
      headers: { 'content-type': 'application/json', accept },
    });
    req.on('error', reject);
    req.on('response', (res) => {
      until().then(() => {
        let text = '';
        res.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        const finish = () => resolve(answerOf(res.statusCode ?? 0, res.headers, text));
        res.on('end', finish);
        res.on('error', finish);
      }, reject);
    });
    req.end(JSON.stringify(operation));
  });
}
