import { Long, ObjectId } from 'bson';
import { notImplemented } from '../errors.ts';
import type { Doc } from '../values/document.ts';
import type { Command, Request } from './command.ts';

export const SET_NAME = 'brigade-dev';
/** MongoDB 7.0 speaks 21; the driver refuses below 9 and learns features from it. */
const WIRE_VERSION = 21;
const ELECTION_ID = new ObjectId('7fffffff0000000000000001');

/** What the driver needs to see a healthy replica set of one. */
export function describe(request: Pick<Request, 'command' | 'connection'>, mechanisms: string[] | undefined): Doc {
  const me = request.connection.address;
  return {
    helloOk: true,
    ismaster: true,
    isWritablePrimary: true,
    secondary: false,
    setName: SET_NAME,
    setVersion: 1,
    electionId: ELECTION_ID,
    hosts: [me],
    primary: me,
    me,
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: request.connection.id,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
    ...(mechanisms && { saslSupportedMechs: mechanisms }),
    ok: 1,
  };
}

const plain = (options: string[], run: Command['run'], open = true): Command => ({ kind: 'plain', options, open, run });

export const diagnostics: Record<string, Command> = {
  ping: plain([], () => ({ ok: 1 })),
  buildInfo: plain([], () => ({
    version: '7.0.0',
    versionArray: [7, 0, 0, 0],
    modules: ['brigade-development-store'],
    bits: 64,
    maxBsonObjectSize: 16 * 1024 * 1024,
    ok: 1,
  })),
  getParameter: plain(
    ['featureCompatibilityVersion'],
    ({ command }) => {
      if (!('featureCompatibilityVersion' in command))
        throw notImplemented('getParameter of anything but featureCompatibilityVersion');
      return { featureCompatibilityVersion: { version: '7.0' }, ok: 1 };
    },
    false,
  ),
  connectionStatus: plain(['showPrivileges'], () => ({
    authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] },
    ok: 1,
  })),
  replSetGetStatus: plain(
    [],
    ({ connection }) => ({
      set: SET_NAME,
      myState: 1,
      term: Long.ONE,
      members: [{ _id: 0, name: connection.address, health: 1, state: 1, stateStr: 'PRIMARY', self: true }],
      ok: 1,
    }),
    false,
  ),
};
