import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are in use when everything that can go has gone. */
export function heapInUse(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** TCP connections to a local port that the server has not closed; none where the system does not tell. */
export function connectionsTo(port: number): number {
  let table: string;
  try {
    table = readFileSync('/proc/net/tcp', 'utf8');
  } catch {
    return 0; // not Linux
  }
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const OPEN = new Set(['01', '08']); // ESTABLISHED, CLOSE_WAIT
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, address = '', , state = '']) => address.endsWith(local) && OPEN.has(state)).length;
}
