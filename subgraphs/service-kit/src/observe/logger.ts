import { context, trace } from '@opentelemetry/api';
import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { currentWork } from './context.ts';
import type { RecentErrors } from './recent-errors.ts';

export type { Logger } from 'pino';

const ERROR = 50;

/** Never logged, however they got there: at the top of an entry or up to two levels down. */
const secretFields = ['password', 'token', 'accessToken', 'refreshToken', 'authorization'];

/**
 * One JSON object a line: `time` (ISO 8601), `level` (word), `service`, `message`, and, inside a request or message,
 * `correlationId`, `traceId`, `orderId`.
 * @param errors is told of each entry that is an error
 */
export function createLogger(
  service: string,
  level = 'info',
  destination?: DestinationStream,
  errors?: RecentErrors,
): Logger {
  return pino(
    {
      level,
      base: { service },
      messageKey: 'message',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin() {
        const work = currentWork();
        const span = trace.getSpan(context.active())?.spanContext();
        return {
          ...(work && { correlationId: work.correlationId, ...(work.orderId && { orderId: work.orderId }) }),
          ...(span && { traceId: span.traceId }),
        };
      },
      hooks: {
        logMethod(given, method, entryLevel) {
          if (entryLevel >= ERROR) errors?.note(given);
          method.apply(this, given);
        },
      },
      redact: {
        paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
        censor: '[redacted]',
      },
    },
    ...(destination ? [destination] : []),
  );
}
