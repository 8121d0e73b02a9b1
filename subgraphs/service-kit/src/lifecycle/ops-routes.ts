import express from 'express';
import type { Health } from '../observe/health.ts';
import type { Metrics } from '../observe/metrics.ts';

/** `/health/live` (the process answers), `/health/ready` (503 unless it can be asked) and `/metrics`. */
export function opsRoutes({ health, metrics }: { health: Health; metrics: Metrics }): express.Router {
  const router = express.Router();
  router.get('/health/live', (_req, res) => {
    res.json({ status: 'live' });
  });
  router.get('/health/ready', async (_req, res) => {
    const report = await health.report();
    res.status(report.status === 'ready' || report.status === 'degraded' ? 200 : 503).json(report);
  });
  router.get('/metrics', async (_req, res) => {
    res.type('text/plain; version=0.0.4').send(await metrics.text());
  });
  return router;
}
