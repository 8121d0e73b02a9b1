/**
 * How long a server keeps an idle connection, milliseconds. Node's 5 s are so short that a busy client sends a request at
 * the moment at which the server closes; most clients and load balancers give a connection up after at most 60 s.
 */
export const KEEP_ALIVE_MS = 65_000;
