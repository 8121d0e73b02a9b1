/**
 * The kitchen in the place of every subgraph: `stationTelemetry` over graphql-transport-ws, ten readings a second for
 * each station that somebody subscribes to, each with the time at which it left in `kitchenTime` (ms, modulo a day).
 */
import { createPublicKey } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

const EVERY_MS = 100;
const [, , , publicKeyPem = ''] = process.argv;
const jwks = JSON.stringify({
  keys: [{ ...createPublicKey(publicKeyPem).export({ format: 'jwk' }), kid: 'bench', alg: 'EdDSA' }],
});
const http = createServer((_req, res) => {
  res.writeHead(200, { 'content-type': 'application/json' }).end(jwks);
});
const subscriptions = new Map<WebSocket, Set<string>>();

new WebSocketServer({ server: http }).on('connection', (socket) => {
  const ids = new Set<string>();
  subscriptions.set(socket, ids);
  socket.on('close', () => subscriptions.delete(socket));
  socket.on('message', (data) => {
    const { id, type } = JSON.parse(String(data as Buffer)) as { id: string; type: string };
    if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
    else if (type === 'ping') socket.send('{"type":"pong"}');
    else if (type === 'subscribe') ids.add(id);
    else if (type === 'complete') ids.delete(id);
  });
});

setInterval(() => {
  for (const [socket, ids] of subscriptions) {
    for (const id of ids) {
      const telemetry = {
        stationId: 'oven-1',
        temperature: 180.5,
        power: 2_000,
        doorOpen: false,
        setPoint: 180,
        kitchenTime: Date.now() % 86_400_000,
        at: new Date().toISOString(),
      };
      socket.send(JSON.stringify({ id, type: 'next', payload: { data: { stationTelemetry: telemetry } } }));
    }
  }
}, EVERY_MS);
http.listen(0, '127.0.0.1', () => process.stdout.write(`${(http.address() as AddressInfo).port}\n`));
