import { CombinedGraphQLErrors } from '@apollo/client/errors';

/** Why an order was not taken, and where on the page that belongs. */
export type Refusal =
  | { readonly at: 'basket'; readonly dishIds: readonly string[] }
  | { readonly at: 'address'; readonly field: string; readonly message: string }
  | { readonly at: 'payment'; readonly reason: 'invalid' | 'provider' }
  | { readonly at: 'session' }
  /** `unanswered`: nobody knows whether it was placed; the same again places it once. */
  | { readonly at: 'order'; readonly reason: 'unanswered' | 'busy' | 'conflict' | 'other'; readonly message: string };

interface Extensions {
  readonly code?: unknown;
  readonly dishIds?: unknown;
  readonly faults?: unknown;
}

/** What an error of placing an order means to the guest. */
export function refusalOf(error: unknown): Refusal {
  const [first] = CombinedGraphQLErrors.is(error) ? error.errors : [];
  // No answer at all, or none that is GraphQL: it may have been placed all the same.
  if (!first) return { at: 'order', reason: 'unanswered', message: '' };
  const { code, dishIds, faults } = (first.extensions ?? {}) as Extensions;
  switch (code) {
    case 'DISH_UNAVAILABLE':
      return { at: 'basket', dishIds: Array.isArray(dishIds) ? dishIds.map(String) : [] };
    case 'UNAUTHENTICATED':
      return { at: 'session' };
    case 'PROVIDER_UNAVAILABLE':
      return { at: 'payment', reason: 'provider' };
    case 'IDEMPOTENCY_CONFLICT':
      return { at: 'order', reason: 'conflict', message: '' };
    case 'RATE_LIMITED':
    case 'ROUTER_BUSY':
      return { at: 'order', reason: 'busy', message: '' };
    case 'SUBGRAPH_UNAVAILABLE':
    case 'DOWNSTREAM_SERVICE_ERROR':
    case 'INTERNAL_SERVER_ERROR':
      return { at: 'order', reason: 'unanswered', message: '' };
    case 'BAD_USER_INPUT':
      return refusedInput(faults, first.message);
    default:
      return { at: 'order', reason: 'other', message: first.message };
  }
}

function refusedInput(faults: unknown, message: string): Refusal {
  const [fault] = (Array.isArray(faults) ? faults : []) as { path?: string; message?: string }[];
  const [part, field] = (fault?.path ?? '').split('.');
  if (part === 'deliveryAddress' && field) return { at: 'address', field, message: fault?.message ?? message };
  if (part === 'paymentMethodId') return { at: 'payment', reason: 'invalid' };
  return { at: 'order', reason: 'other', message };
}
