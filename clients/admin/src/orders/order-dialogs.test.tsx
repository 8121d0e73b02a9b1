import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { ApolloClient, ApolloLink, InMemoryCache } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import { OrderRowFragmentDoc, type OrderRowFragment } from '@brigade/graphql';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Subject } from 'rxjs';
import '../i18n/start.ts';
import { CancelDialog } from './order-dialogs.tsx';

afterEach(cleanup);

const order = {
  __typename: 'Order',
  id: '01940000-0000-7000-8000-000000000001',
  status: 'PAID',
  reason: null,
  version: 3,
  placedAt: '2026-01-01T12:00:00.000Z',
  updatedAt: '2026-01-01T12:00:01.000Z',
  total: { __typename: 'Money', amountMinor: 890, currency: 'EUR' },
  deliveryAddress: { __typename: 'DeliveryAddress', city: 'Springfield' },
  lines: [],
} as unknown as OrderRowFragment;

/** A client whose router answers when the test says so. */
function setUp() {
  const answer = new Subject<ApolloLink.Result>();
  const sent: Record<string, unknown>[] = [];
  const link = new ApolloLink(({ variables }) => {
    sent.push(variables);
    return answer;
  });
  const cache = new InMemoryCache();
  cache.writeFragment({ fragment: OrderRowFragmentDoc, fragmentName: 'OrderRow', data: order });
  const close = jest.fn();
  render(
    <ApolloProvider
      client={
        new ApolloClient({
          cache,
          link,
          defaultOptions: { watchQuery: { errorPolicy: 'all' }, query: { errorPolicy: 'all' } },
        })
      }
    >
      <CancelDialog order={order} onClose={close} />
    </ApolloProvider>,
  );
  const status = () =>
    cache.readFragment({
      id: `Order:${order.id}`,
      fragment: OrderRowFragmentDoc,
      fragmentName: 'OrderRow',
      optimistic: true,
    })?.status;
  const submit = async () => {
    await userEvent.type(screen.getByLabelText(/Reason/), 'changed my mind');
    await userEvent.click(screen.getByRole('button', { name: 'Cancel order' }));
  };
  return { answer, sent, close, status, submit };
}

describe('cancelling an order', () => {
  test('is shown as done before the router has answered, and closes once it has', async () => {
    const { answer, sent, close, status, submit } = setUp();
    await submit();
    expect(sent).toEqual([{ id: order.id, reason: 'changed my mind' }]);
    expect(status()).toBe('CANCELLED');
    expect(close).not.toHaveBeenCalled();
    const cancelled = { ...order, status: 'CANCELLED', reason: 'changed my mind' };
    answer.next({ data: { cancelOrder: { __typename: 'CancelOrderPayload', order: cancelled } } });
    answer.complete();
    await waitFor(() => expect(close).toHaveBeenCalledTimes(1));
    expect(status()).toBe('CANCELLED');
  });

  test('that is refused is taken back, and the dialogue says why', async () => {
    const { answer, close, status, submit } = setUp();
    await submit();
    answer.next({
      data: null,
      errors: [{ message: 'The order is READY.', extensions: { code: 'ORDER_NOT_CANCELLABLE' } }],
    });
    answer.complete();
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('The order is READY.'));
    expect(status()).toBe('PAID');
    expect(close).not.toHaveBeenCalled();
  });

  test('needs a reason', async () => {
    const { sent } = setUp();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel order' }));
    expect(sent).toEqual([]);
  });
});
