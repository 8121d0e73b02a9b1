import { afterEach, expect, test } from '@jest/globals';
import type { TimelinePartsFragment } from '@brigade/graphql';
import { cleanup, render, screen, within } from '@testing-library/react';
import '../i18n/start.ts';
import { SagaTimeline } from './saga-timeline.tsx';

afterEach(cleanup);

const event = (
  name: string,
  service: string,
  seconds: number,
  more: Partial<TimelinePartsFragment> = {},
): TimelinePartsFragment => ({
  name,
  service,
  status: 'PAID',
  detail: null,
  at: new Date(Date.UTC(2026, 0, 1, 12, 0, seconds)).toISOString(),
  correlationId: 'correlation-1',
  traceId: 'trace-1',
  ...more,
});

test('each event of the saga is told with its service, when it was, and under which ids', () => {
  render(
    <SagaTimeline
      timeline={[
        event('OrderPlaced', 'orders', 0),
        event('PaymentDeclined', 'payments', 2, { detail: 'card_declined', traceId: null, status: 'REJECTED' }),
      ]}
    />,
  );
  const [placed, declined] = screen.getAllByRole('listitem');
  expect(placed && within(placed).getByText('orders')).toBeTruthy();
  expect(placed?.textContent).toContain('trace-1');
  expect(declined?.textContent).toContain('+2.00 s');
  expect(declined?.textContent).toContain('card_declined');
  expect(declined?.textContent).toContain('correlation-1');
  expect(declined?.textContent).not.toContain('trace');
});
