import { z } from 'zod';

const PROBE_TIMEOUT_MS = 3_000;

const healthAnswer = z.object({ service: z.string(), instance: z.string(), status: z.string() });

/** Another process answers on the port of the one that is waited for. */
export class WrongProcess extends Error {
  override readonly name = 'WrongProcess';
}

export interface Expected {
  readonly service: string;
  /** `INSTANCE_ID` of the process that must answer. */
  readonly instance: string;
}

/**
 * Asks `origin` for its readiness; answers `undefined` while it can't be asked.
 * @param origin e.g. `http://127.0.0.1:4000`
 * @throws {WrongProcess} when somebody else answers
 */
export async function probeHealth(origin: string, { service, instance }: Expected): Promise<string | undefined> {
  const answer = await fetch(`${origin}/health/ready`, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) }).then(
    async (response) => ({ isReady: response.ok, body: (await response.json()) as unknown }),
    () => undefined,
  );
  if (!answer) return undefined;
  const { success, data } = healthAnswer.safeParse(answer.body);
  if (!success) throw new WrongProcess(`${origin} gives no health answer of ${service}`);
  if (data.service !== service || data.instance !== instance)
    throw new WrongProcess(`${origin} is answered by ${data.service} (${data.instance}), not ${service} (${instance})`);
  return answer.isReady ? data.status : undefined;
}
