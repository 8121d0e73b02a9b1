import { expect } from '@jest/globals';
import type { Attack, CraftedAttack } from '../src/attack.ts';
import { writeBytes } from '../src/raw-connection.ts';
import { RawSocket, type SocketOptions } from '../src/socket.ts';
import type { Stage } from '../src/stage.ts';
import { transports } from '../src/transports/index.ts';
import { answerFrom } from '../src/transports/websocket.ts';

const INIT = { type: 'connection_init' };
const ME = { query: '{ me { id } }' };
const WATCH = 'subscription ($id: ID!) { orderUpdated(id: $id) { id status } }';
const subscribe = (payload: unknown, id: unknown = '1') => ({ id, type: 'subscribe', payload });

/** What is said, one after the other, and the code that it is closed with. */
const closings: [name: string, closed: number, said: (object | string | Buffer)[], options?: SocketOptions][] = [
  ['what is no JSON', 4_400, ['{']],
  ['nothing at all, as a message', 4_400, ['']],
  ['bytes', 4_400, [Buffer.from('{"type":"ping"}')]],
  ['a list', 4_400, [[]]],
  ['a type that there is not', 4_400, [{ type: 'hello' }]],
  ['a type that only the prototype has', 4_400, [{ type: '__proto__' }]],
  ["the other protocol's start", 4_400, [INIT, { id: '1', type: 'start', payload: ME }]],
  ['who it is, as a list', 4_400, [{ ...INIT, payload: [] }]],
  ['an operation without an id', 4_400, [INIT, { type: 'subscribe', payload: ME }]],
  ['an operation whose id is an object', 4_400, [INIT, subscribe(ME, { $ne: null })]],
  ['an operation without a query', 4_400, [INIT, subscribe({})]],
  ['an operation whose query is a list', 4_400, [INIT, subscribe({ query: [ME.query] })]],
  ['a batch of operations', 4_400, [INIT, subscribe([ME, ME])]],
  ['variables that are a text', 4_400, [INIT, subscribe({ ...ME, variables: '{}' })]],
  ['an operation before it said who it is', 4_401, [subscribe(ME)]],
  ['a token that is none', 4_403, [{ ...INIT, payload: { authorization: 'Bearer a.b.c' } }]],
  ['no subprotocol', 4_406, [], { protocols: [] }],
  ['silence', 4_408, []],
  ['pings, but never who it is', 4_408, [{ type: 'ping' }]],
  ['who it is, twice', 4_429, [INIT, INIT]],
  ['who it is, a hundred times', 4_429, Array.from({ length: 100 }, () => INIT)],
  ['a message that is too long', 1_009, [{ type: 'ping', payload: { text: 'x'.repeat(70_000) } }]],
  ['a message that is too long, before anything else', 1_009, ['x'.repeat(70_000)]],
];

const UPGRADE = [
  'GET /graphql HTTP/1.1',
  'host: router',
  'connection: upgrade',
  'upgrade: websocket',
  'sec-websocket-version: 13',
  'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-protocol: graphql-ws',
  '',
  '',
].join('\r\n');

/** Frames that WebSocket itself forbids, written past the library. */
const frames: [name: string, closed: number, bytes: number[]][] = [
  ['a frame that is not masked', 1_002, [0x81, 0x02, 0x7b, 0x7d]],
  ['a frame with reserved bits', 1_002, [0xf1, 0x80, 0, 0, 0, 0]],
  ['a frame of an unknown kind', 1_002, [0x83, 0x80, 0, 0, 0, 0]],
  ['a text that is no UTF-8', 1_007, [0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe]],
  ['a ping of more than 125 bytes', 1_002, [0x89, 0xfe, 0x01, 0x00, 0, 0, 0, 0]],
  ['a frame that says to be 8 GB long', 1_009, [0x81, 0xff, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]],
  ['a close with a code that may not be sent', 1_002, [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xed]],
];

const onSocket = (
  name: string,
  closed: number,
  play: (open: (token?: string) => Promise<RawSocket>, stage: Stage) => Promise<RawSocket>,
): CraftedAttack => ({
  name,
  by: 'WebSocket',
  door: 'sockets',
  async send(stage, url) {
    const socket = await play((token) => RawSocket.acknowledged(url, token ?? stage.tokenOf('guest')), stage);
    await socket.closed();
    return answerFrom(socket);
  },
  expected: { closed },
});

const expiring = (stage: Stage): Promise<string> =>
  stage.forger.signed(stage.userIdOf('guest'), { claims: { exp: Math.floor(Date.now() / 1_000) + 2 } });

/** What the protocol of the socket forbids, and the code that it is closed with. */
export const sockets: readonly Attack[] = [
  ...closings.map(([name, closed, said, options]): Attack => ({
    name,
    by: 'WebSocket',
    door: 'sockets',
    async send(_stage, url) {
      const socket = await RawSocket.open(url, options);
      for (const [index, message] of said.entries()) {
        socket.say(message);
        // What is meant for an acknowledged connection comes after the acknowledgement.
        if (message === INIT && said[index + 1] !== INIT) {
          await socket.until(() => socket.isOver || socket.told('connection_ack'));
        }
      }
      await socket.closed();
      return answerFrom(socket);
    },
    expected: { closed },
  })),
  ...frames.map(([name, closed, bytes]) =>
    onSocket(name, closed, async (open) => {
      const socket = await open();
      socket.writePast(Buffer.from(bytes));
      return socket;
    }),
  ),
  {
    name: 'another subprotocol',
    by: 'WebSocket',
    door: 'sockets',
    // A client that is given none of the subprotocols that it offers does not even read why.
    send: (_stage, url) => writeBytes(url, UPGRADE),
    expected: { status: 101 },
    holds: (_stage, { text }) => expect(text).toContain(`${String.fromCharCode(0x11, 0x36)}Subprotocol`), // 4406
  },
  onSocket('a message that is too long in sum, in small frames', 1_009, async (open) => {
    const socket = await open();
    for (let part = 0; part < 100 && !socket.isOver; part += 1) socket.say('x'.repeat(1_000), { fin: false });
    return socket;
  }),
  {
    name: 'lists in lists, in variables that nobody declared: the socket goes on',
    by: 'WebSocket',
    async send(stage, url) {
      const socket = await RawSocket.acknowledged(url, stage.tokenOf('guest'));
      const variables = `{"id":"${stage.belongings.orderId}","a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
      socket.say(`{"id":"a","type":"subscribe","payload":{"query":${JSON.stringify(WATCH)},"variables":${variables}}}`);
      await socket.answersPing();
      socket.subscribe('b', ME.query);
      await socket.until(() => socket.isOver || socket.told('complete', 'b'));
      await socket.answersPing();
      socket.end();
      return answerFrom(socket, ({ id }) => id === 'b');
    },
    expected: { data: { me: { id: expect.any(String) as unknown } } },
  },
  onSocket('an id that is in use', 4_409, async (open, { belongings: { orderId } }) => {
    const socket = await open();
    socket.subscribe('a', WATCH, { id: orderId });
    socket.subscribe('a', WATCH, { id: orderId });
    return socket;
  }),
  onSocket('a token that expires while the socket is open', 4_403, async (open, stage) => {
    const socket = await open(await expiring(stage));
    socket.subscribe('a', WATCH, { id: stage.belongings.orderId });
    return socket;
  }),
  ...(['server-sent events', 'multipart'] as const).map((by): Attack => ({
    name: 'a token that expires while the stream is open',
    by,
    door: 'sockets',
    async send(stage, url) {
      const operation = { query: WATCH, variables: { id: stage.belongings.orderId } };
      const token = await expiring(stage);
      let answer = await transports[by](url, operation, { token });
      // The last change of the order may come late: then it is waited for what comes after it.
      while (answer.body?.data) answer = await transports[by](url, operation, { token });
      return answer;
    },
    expected: { nothing: 'UNAUTHENTICATED' },
  })),
];
