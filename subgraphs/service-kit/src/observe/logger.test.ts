import { SpanKind } from '@opentelemetry/api';
import { describe, expect, test } from '@jest/globals';
import { runInWork } from './context.ts';
import { createLogger } from './logger.ts';
import { createTracing, currentTraceId } from './tracing.ts';

const capture = (level = 'info') => {
  const lines: Record<string, unknown>[] = [];
  const log = createLogger('orders', level, {
    write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>),
  });
  return { log, lines };
};

describe('a log line', () => {
  test('is one JSON object with time, level, service and message', () => {
    const { log, lines } = capture();
    log.warn({ attempt: 2 }, 'will try again');
    expect(lines).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        level: 'warn',
        service: 'orders',
        message: 'will try again',
        attempt: 2,
      },
    ]);
  });

  test('tells of which request, order and trace it is', async () => {
    const { log, lines } = capture();
    let traceId: string | undefined;
    await createTracing('orders').span('work', { kind: SpanKind.INTERNAL }, async () => {
      traceId = currentTraceId();
      runInWork({ correlationId: 'c-1', causationId: 'm-1', orderId: 'o-1' }, () => log.info('here'));
    });
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(lines[0]).toMatchObject({ correlationId: 'c-1', orderId: 'o-1', traceId });
  });

  test('below the level is not written', () => {
    const { log, lines } = capture('warn');
    log.info('quiet');
    expect(lines).toEqual([]);
  });

  test.each([
    { password: 'hunter2' },
    { input: { password: 'hunter2' } },
    { session: { refreshToken: 'hunter2', accessToken: 'hunter2' } },
    { req: { headers: { authorization: 'hunter2' } } },
    { method: { token: 'hunter2' } },
  ])('does not hold a secret: %j', (fields) => {
    const { log, lines } = capture();
    log.info(fields, 'entry');
    expect(JSON.stringify(lines)).not.toContain('hunter2');
    expect(JSON.stringify(lines)).toContain('[redacted]');
  });

  test('holds an error with its stack', () => {
    const { log, lines } = capture();
    log.error({ err: new TypeError('no') }, 'failed');
    expect(lines[0]?.err).toMatchObject({
      type: 'TypeError',
      message: 'no',
      stack: expect.stringContaining('TypeError'),
    });
  });
});
