import type { Channel, Connection } from 'rabbitmq-client';

interface Internals {
  _onHeader(frame: { fields: { contentEncoding?: string } }): void;
}

/**
 * The same connection, but what consumes on it is handed the bytes of each body. rabbitmq-client parses what says that
 * it is JSON or text, and what was parsed can't be put aside as it came; some of it can't even be written again. It
 * leaves alone what names an encoding, so each arriving header is given one.
 * @throws Error when the client is another version than the one that this was written for
 */
export function withRawBodies(connection: Connection): Connection {
  const acquire: Connection['acquire'] = async (...options) => keepBytes(await connection.acquire(...options));
  return Object.create(connection, { acquire: { value: acquire } }) as Connection;
}

function keepBytes(channel: Channel): Channel {
  const internals = channel as unknown as Internals;
  const onHeader = internals._onHeader;
  if (typeof onHeader !== 'function') throw new Error('rabbitmq-client has changed: bodies would be parsed');
  internals._onHeader = function (frame) {
    frame.fields.contentEncoding ??= IDENTITY;
    onHeader.call(this, frame);
  };
  return channel;
}

/** What a body without an encoding is given. */
export const IDENTITY = 'identity';
