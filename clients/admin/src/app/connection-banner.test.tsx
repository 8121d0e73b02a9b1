import { afterEach, expect, test } from '@jest/globals';
import { act, cleanup, render, screen } from '@testing-library/react';
import '../i18n/start.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { monitor } from './services.ts';

afterEach(cleanup);

test('the banner is silent while all is well, and says what is missing', () => {
  render(<ConnectionBanner />);
  const banner = screen.getByRole('status');
  expect(banner.textContent).toBe('');
  act(() => monitor.failed('payment'));
  expect(banner.textContent).toContain('payment');
  act(() => monitor.disconnected());
  expect(banner.textContent).toContain('interrupted');
  act(() => monitor.connected());
  expect(banner.textContent).not.toContain('interrupted');
});
