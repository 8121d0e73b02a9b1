import express from 'express';
import { ZodError } from 'zod';
import { cardOf } from './cards.ts';
import { ProviderRefusal, charge, chargeSchema, refund, refundSchema, voidCharge, voidSchema } from './charge.ts';
import { faultsSchema, noFaults, type Faults } from './faults.ts';
import type { Ledger } from './ledger.ts';

/** The provider's HTTP API. Writes need an `Idempotency-Key` header. */
export function providerRoutes(app: express.Express, ledger: Ledger): void {
  let faults: Faults = noFaults;
  app.use(express.json({ limit: '100kb' }));

  app.get('/faults', (_req, res) => void res.json(faults));
  app.put('/faults', (req, res) => {
    faults = faultsSchema.parse(req.body ?? {});
    res.json(faults);
  });
  app.get('/ledger', (_req, res) => void res.json(ledger.entries()));

  const api = express.Router();
  api.use((_req, res, next) => {
    const go = () => (faults.outage ? void res.status(503).json({ error: 'outage' }) : next());
    if (faults.latencyMs > 0) setTimeout(go, faults.latencyMs);
    else go();
  });
  api.get('/cards/:token', (req, res) => {
    const card = cardOf(req.params.token);
    if (!card) throw new ProviderRefusal(404, 'unknown token');
    res.json({ brand: card.brand, last4: card.last4 });
  });
  api.get('/entries/:key', (req, res) => {
    const entry = ledger.byKey(req.params.key);
    if (!entry) throw new ProviderRefusal(404, 'no entry with this key');
    res.json(entry);
  });
  api.post('/charges', async (req, res) => {
    const entry = await charge(ledger, faults, keyOf(req), chargeSchema.parse(req.body));
    if (Math.random() < faults.timeoutAfterCharge) return; // taken, but the answer is lost: the caller times out
    res.json(entry);
  });
  api.post(
    '/charges/void',
    async (req, res) => void res.json(await voidCharge(ledger, keyOf(req), voidSchema.parse(req.body))),
  );
  api.post(
    '/refunds',
    async (req, res) => void res.json(await refund(ledger, keyOf(req), refundSchema.parse(req.body))),
  );
  app.use(api);
  app.use((_req, res) => void res.status(404).json({ error: 'no such route' }));
  app.use(answerErrors);
}

function keyOf(req: express.Request): string {
  const key = req.get('idempotency-key');
  if (!key || key.length > 200)
    throw new ProviderRefusal(422, 'an Idempotency-Key header of 1 to 200 characters is needed');
  return key;
}

const answerErrors: express.ErrorRequestHandler = (error: unknown, _req, res, _next) => {
  if (error instanceof ZodError)
    res
      .status(422)
      .json({ error: error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') });
  else if (error instanceof ProviderRefusal) res.status(error.status).json({ error: error.message });
  else res.status((error as { status?: number }).status ?? 500).json({ error: 'unexpected' });
};
