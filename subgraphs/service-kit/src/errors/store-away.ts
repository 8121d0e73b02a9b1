/** What Node says when nobody is there, or the line is cut. */
const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** https://www.postgresql.org/docs/current/errcodes-appendix.html: connection exceptions, too many connections, shutting down. */
const POSTGRES_CODES = /^(08\w{3}|53300|57P0[1-3])$/;
/** The driver `pg` says the first three without a code; MikroORM takes the name off the fourth, a MongoNetworkError. */
const MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|connection \S+ to \S+ (closed|timed out)$)/;
/** https://github.com/mongodb/node-mongodb-native: its errors about the way to the server, not about the question. */
const MONGO_NAMES =
  /^(Mongo(Network|NetworkTimeout|ServerSelection|NotConnected|TopologyClosed|PoolCleared)Error|PoolClearedOnNetworkError)$/;

interface Link {
  name?: unknown;
  code?: unknown;
  message?: unknown;
  cause?: unknown;
  previous?: unknown;
}

/** Whether a database did not answer, as against answered with an error; looks through what wraps it. */
export function isStoreAway(error: unknown): boolean {
  let link = error as Link | undefined | null;
  for (let depth = 0; typeof link === 'object' && link !== null && depth < 8; depth++) {
    const { name, code, message } = link;
    if (typeof code === 'string' && (NETWORK_CODES.has(code) || POSTGRES_CODES.test(code))) return true;
    if (typeof name === 'string' && MONGO_NAMES.test(name)) return true;
    if (typeof message === 'string' && MESSAGES.test(message)) return true;
    link = (link.cause ?? link.previous) as Link | undefined;
  }
  return false;
}
