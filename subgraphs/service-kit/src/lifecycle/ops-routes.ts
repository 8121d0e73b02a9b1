import express from 'express';
import type { Health } from '../observe/health.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { RecentErrors } from '../observe/recent-errors.ts';

export interface OpsRoutesOptions {
  health: Health;
  metrics: Metrics;
  /** Served only where given: not by what the public can reach. */
  errors?: RecentErrors;
}

/**
 * `/health/live` (the process answers), `/health/ready` (503 unless it can be asked), both with the service's name and
 * the instance, `/metrics`, and `/errors` (the last ones).
 */
export function opsRoutes({ health, metrics, errors }: OpsRoutesOptions): express.Router {
  const router = express.Router();
  router.get('/health/live', (_req, res) => {
    res.json({ ...health.identity, status: 'live' });
  });
  router.get('/health/ready', async (_req, res) => {
    const report = await health.report();
    res.status(report.status === 'ready' || report.status === 'degraded' ? 200 : 503).json(report);
  });
  router.get('/metrics', async (_req, res) => {
    res.type('text/plain; version=0.0.4').send(await metrics.text());
  });
  if (errors) {
    router.get('/errors', (_req, res) => {
      res.json({ errors: errors.list() });
    });
  }
  return router;
}
