import { connect } from 'node:net';

const PROBE_TIMEOUT_MS = 1_000;

/**
 * Connects to `host:port`, sends `greeting` when there is one, and resolves with what arrives until `enough` is
 * satisfied (at once without a greeting).
 *
 * @throws when the connection is refused or nothing sufficient arrives within a second
 */
export function probeTcp(
  { host = '127.0.0.1', port }: { host?: string; port: number },
  greeting = '',
  enough: (received: string) => boolean = () => true,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect({ host, port });
    const end = (settle: () => void) => {
      socket.destroy();
      settle();
    };
    socket.setTimeout(PROBE_TIMEOUT_MS, () => end(() => reject(new Error(`no answer from ${host}:${port}`))));
    socket.once('error', (error) => end(() => reject(error)));
    socket.once('connect', () => (greeting === '' ? end(() => resolve('')) : socket.write(greeting)));
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (enough(received)) end(() => resolve(received));
    });
    socket.once('close', () => reject(new Error(`${host}:${port} closed the connection`)));
  });
}

/** True when a GET answers 2xx within a second. */
export async function probeHttp(url: string, headers: Record<string, string> = {}): Promise<boolean> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
  await response.arrayBuffer();
  return response.ok;
}
