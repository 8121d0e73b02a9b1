import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { drainable } from './drain-http-server.ts';
import { KEEP_ALIVE_MS } from './keep-alive.ts';
import { lingering } from './linger.ts';
import { opsRoutes, type OpsRoutesOptions } from './ops-routes.ts';

/** What is under way when the process stops may take this long, milliseconds. */
const GRACE_MS = 5_000;

/** Health, metrics, errors, and whatever else `routes` adds, for a process that is not a subgraph. Port 0: any free one. */
export async function startOpsServer(
  options: OpsRoutesOptions & { host: string; port: number; routes?: (app: express.Express) => void },
): Promise<{ port: number; stop(): Promise<void> }> {
  const app = express().disable('x-powered-by');
  app.use(opsRoutes(options));
  options.routes?.(app);
  const http = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, lingering(app));
  const drain = drainable(http, { graceMs: GRACE_MS });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port, options.host, resolve);
  });
  return {
    port: (http.address() as AddressInfo).port,
    stop: drain,
  };
}
