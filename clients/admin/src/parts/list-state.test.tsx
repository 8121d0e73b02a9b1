import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import '../i18n/start.ts';
import { ListState } from './list-state.tsx';

afterEach(cleanup);

const show = (props: Partial<Parameters<typeof ListState>[0]>) =>
  render(
    <ListState isLoading={false} error={undefined} isEmpty empty="Nothing here." onRetry={() => {}} {...props}>
      <p>the list</p>
    </ListState>,
  );

describe('a list', () => {
  test('that is empty says so, and one that loads does not say that it is empty', () => {
    show({});
    expect(screen.getByText('Nothing here.')).toBeTruthy();
    cleanup();
    show({ isLoading: true });
    expect(screen.queryByText('Nothing here.')).toBeNull();
    expect(screen.getByLabelText('Loading').getAttribute('aria-busy')).toBe('true');
  });

  test('that could not be read says why, and can be asked for again', async () => {
    const retry = jest.fn();
    show({ error: { message: 'The kitchen is closed.' }, isLoading: true, onRetry: retry });
    expect(screen.getByRole('alert').textContent).toContain('The kitchen is closed.');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(retry).toHaveBeenCalledTimes(1);
  });

  test('that is there stays while it is read again, and when that fails', () => {
    show({ isEmpty: false, isLoading: true, error: { message: 'away' } });
    expect(screen.getByText('the list')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
