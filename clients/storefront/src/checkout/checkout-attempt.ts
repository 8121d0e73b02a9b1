/** What is ordered, where to, and who pays with what. */
export interface OrderContent {
  readonly customerId: string;
  readonly lines: readonly { readonly dishId: string; readonly quantity: number }[];
  readonly deliveryAddress: { readonly line1: string; readonly city: string; readonly postcode: string };
  readonly paymentMethodId: string;
}

/** After so long, the same order again is another order, milliseconds. */
const SAME_ORDER_MS = 15 * 60_000;

export interface CheckoutAttemptsOptions {
  /** Survives a reload: an answer may be lost with the page. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly newKey: () => string;
  readonly now?: () => number;
}

/**
 * The idempotency keys of checkouts: one for each content, until its order is known to be placed. Pressing twice, or
 * again after an answer was lost, sends the same key, and the order is placed once.
 */
export class CheckoutAttempts {
  static readonly #KEY = 'brigade-checkout';
  readonly #options: CheckoutAttemptsOptions;

  constructor(options: CheckoutAttemptsOptions) {
    this.#options = options;
  }

  /** The key to send this content with. */
  keyFor(content: OrderContent): string {
    const { storage, newKey, now = Date.now } = this.#options;
    const text = canonical(content);
    const kept = parseAttempt(storage.getItem(CheckoutAttempts.#KEY));
    if (kept?.content === text && now() - kept.at < SAME_ORDER_MS) return kept.key;
    const attempt = { content: text, key: newKey(), at: now() };
    storage.setItem(CheckoutAttempts.#KEY, JSON.stringify(attempt));
    return attempt.key;
  }

  /** The order is placed, or its key refused: the next one is another. */
  end(): void {
    this.#options.storage.removeItem(CheckoutAttempts.#KEY);
  }
}

interface Attempt {
  readonly content: string;
  readonly key: string;
  readonly at: number;
}

function parseAttempt(text: string | null): Attempt | undefined {
  try {
    const attempt = JSON.parse(text ?? 'null') as Partial<Attempt> | null;
    return typeof attempt?.key === 'string' && typeof attempt.at === 'number' ? (attempt as Attempt) : undefined;
  } catch {
    return undefined;
  }
}

/** The same text for the same content, however it was put together. */
function canonical({ customerId, lines, deliveryAddress, paymentMethodId }: OrderContent): string {
  const { line1, city, postcode } = deliveryAddress;
  const portions = lines.map(({ dishId, quantity }) => [dishId, quantity]);
  return JSON.stringify([customerId, portions, line1, city, postcode, paymentMethodId]);
}
