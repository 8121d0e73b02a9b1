import { expect } from '@jest/globals';
import { eventually } from '../../../subgraphs/service-kit/tests/test-runtime.ts';
import type { Answer } from '../src/answer.ts';
import type { Attack, CraftedAttack } from '../src/attack.ts';
import { RawSocket } from '../src/socket.ts';
import type { Stage } from '../src/stage.ts';
import { stalls } from '../src/stalls.ts';
import { streamTransports, transports } from '../src/transports/index.ts';
import { streamKinds } from '../src/transports/streams.ts';
import { answerFrom, webSocket } from '../src/transports/websocket.ts';
import { readLate } from '../src/unread-stream.ts';

const TOO_MANY = { refused: 429, code: 'TOO_MANY_SUBSCRIPTIONS' } as const;
const ME = { query: '{ me { id } }' };
const WATCH = 'subscription ($id: ID!) { orderUpdated(id: $id) { id status } }';
const FLOOD = { query: 'subscription { flood(id: "a") { name } }' };
const SHUT_OFF_WITHIN_MS = 8_000;
/** With 60 KB each, 48 MB: more than lies between client and router. */
const PINGS = 800;
const QUERIES = 90;

const onSocket = (
  name: string,
  play: (socket: RawSocket, stage: Stage) => Promise<Answer>,
  expected: Attack['expected'],
  more: Partial<CraftedAttack> = {},
): CraftedAttack => ({
  name,
  by: 'WebSocket',
  door: 'sockets',
  async send(stage, url) {
    const socket = await RawSocket.acknowledged(url, stage.tokenOf('guest'));
    try {
      return await play(socket, stage);
    } finally {
      socket.end();
    }
  },
  expected,
  ...more,
});

/** Waits until a flood that was let loose has been shut off. */
const shutOff = async ({ hostile: { flood } }: Stage, opened: number): Promise<void> => {
  await eventually(() => flood.opened > opened && flood.open === 0, SHUT_OFF_WITHIN_MS);
};

/** Clients that want more of a connection, or leave more of it unread, than others. */
export const greed: readonly Attack[] = [
  onSocket(
    'more subscriptions than one connection may have',
    async (socket, { belongings: { orderId } }) => {
      for (let id = 0; id < 5; id += 1) socket.subscribe(String(id), WATCH, { id: orderId });
      await socket.until(() => socket.told('error'));
      return answerFrom(socket);
    },
    TOO_MANY,
  ),
  onSocket(
    'a thousand operations at once over one connection: it goes on, but most are refused',
    async (socket) => {
      for (let id = 0; id < 1_000; id += 1) socket.subscribe(String(id), ME.query);
      await socket.until(
        () => socket.messages.filter(({ type }) => type === 'error' || type === 'complete').length === 1_000,
      );
      socket.subscribe('after', ME.query);
      await socket.until(() => socket.told('complete', 'after'));
      return answerFrom(socket, ({ type }) => type === 'error');
    },
    TOO_MANY,
  ),
  ...streamTransports.map((by, index): Attack => ({
    name: 'more subscriptions than one person may have, over many connections',
    by,
    door: 'sockets',
    async send(stage, url) {
      // Somebody else for each transport: places of the one before may not have been given back yet.
      const roles = ['STAFF', 'MANAGER', 'ADMIN'].slice(index, index + 1);
      const token = await stage.forger.signed(stage.userIdOf('guest'), { claims: { roles } });
      const operation = { query: WATCH, variables: { id: stage.belongings.orderId } };
      const stop = new AbortController();
      try {
        // None of them is told anything, except that it is one too many.
        const asked = Array.from({ length: 7 }, () => transports[by](url, operation, { token, signal: stop.signal }));
        return await Promise.race(asked);
      } finally {
        stop.abort();
      }
    },
    expected: TOO_MANY,
  })),
  {
    name: 'two hundred sockets that say nothing',
    by: 'WebSocket',
    door: 'sockets',
    async send(_stage, url) {
      const all = await Promise.all(Array.from({ length: 200 }, () => RawSocket.open(url)));
      await Promise.all(all.map((socket) => socket.closed()));
      expect(new Set(all.map(({ closeCode }) => closeCode))).toEqual(new Set([4_408]));
      return answerFrom(all[0] as RawSocket);
    },
    expected: { closed: 4_408 },
  },
  {
    name: 'sockets that come and go, three hundred times',
    by: 'WebSocket',
    door: 'sockets',
    async send(_stage, url) {
      for (let round = 0; round < 300; round += 1) (await RawSocket.open(url)).end();
      return webSocket(url, ME);
    },
    expected: { data: { me: null } },
  },
  {
    name: 'events that are never read',
    by: 'WebSocket',
    door: 'hostile',
    async send(stage, url) {
      const { opened } = stage.hostile.flood;
      const socket = await RawSocket.acknowledged(url);
      socket.socket.pause();
      socket.subscribe('a', FLOOD.query);
      await shutOff(stage, opened);
      socket.socket.resume();
      await socket.until(() => socket.told('error'));
      socket.end();
      return answerFrom(socket, ({ type }) => type === 'error');
    },
    expected: { nothing: 'SLOW_CONSUMER' },
  },
  ...(['server-sent events', 'multipart'] as const).map((by): Attack => ({
    name: 'events that are never read',
    by,
    door: 'hostile',
    async send(stage, url) {
      const { opened } = stage.hostile.flood;
      const answer = await readLate(url, streamKinds[by].accept, FLOOD, () => shutOff(stage, opened));
      expect(answer.text.slice(-400)).toContain('"SLOW_CONSUMER"');
      return answer;
    },
    expected: { status: 200 },
  })),
  onSocket(
    'pings whose answers are never read',
    async (socket, stage) => {
      const door = await stage.door('sockets');
      socket.socket.pause();
      const ping = JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(60_000) } });
      let taken = 0;
      // The next one when the one before has gone, so that it shows when the router takes no more.
      const pour = (): void =>
        socket.socket.send(ping, (error) => (error || (taken += 1) === PINGS ? undefined : pour()));
      pour();
      expect(await stalls(door, () => taken, PINGS)).toBe(true);
      return webSocket(door.url, ME);
    },
    { data: { me: null } },
  ),
  onSocket(
    'queries whose answers are never read',
    async (socket, stage) => {
      const door = await stage.door('hostile');
      socket.socket.pause();
      const asked = (): number => stage.hostile.asked.get('wide') ?? 0;
      const begin = asked();
      // Half a megabyte each: what is asked for and not read would stay in the router's memory. One after the other, so
      // that it shows when the router takes no more.
      let sent = 0;
      do {
        sent += 1;
        socket.subscribe(String(sent), `{ thing(id: "wide${sent}") { name } }`);
      } while (sent < QUERIES && !(await stalls(door, asked, begin + sent)));
      expect(sent).toBeLessThan(QUERIES);
      return webSocket(door.url, { query: '{ thing(id: "clean") { id } }' });
    },
    { data: { thing: { id: 'clean' } } },
    { door: 'hostile' },
  ),
];
