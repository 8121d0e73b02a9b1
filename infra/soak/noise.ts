import { connect, createServer, type AddressInfo } from 'node:net';

/**
 * What a busy machine does beside a test run: keeps one core busy, and opens and closes connections from the system's
 * ephemeral ports, some of them held for a while. Ends with its parent.
 */
const HELD = 200;
const BATCH = 20;

const server = createServer((socket) => socket.on('error', () => undefined));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const held: ReturnType<typeof connect>[] = [];
  const churn = () => {
    for (let index = 0; index < BATCH; index += 1) {
      held.push(connect(port, '127.0.0.1').on('error', () => undefined));
    }
    for (const socket of held.splice(0, Math.max(0, held.length - HELD))) socket.destroy();
    const until = performance.now() + 50;
    while (performance.now() < until) Math.sqrt(Math.random());
    setImmediate(churn);
  };
  churn();
});
process.on('disconnect', () => process.exit());
