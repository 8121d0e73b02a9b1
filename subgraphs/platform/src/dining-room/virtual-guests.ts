import { z } from 'zod';
import type { GuestStore } from './guest-store.ts';
import type { MenuDish, PlannedOrder } from './next-order.ts';
import { ApiRefusal, type PublicApi } from './public-api.ts';

const CARD = 'tok_visa';
const MENU_PAGE = 100;
/** A menu is looked at again after so long, milliseconds. */
const MENU_KEPT_MS = 10_000;

const tokens = z.object({ accessToken: z.string(), refreshToken: z.string() });
const registered = z.object({ register: tokens }).transform(({ register }) => register);
const loggedIn = z.object({ login: tokens }).transform(({ login }) => login);
const refreshed = z.object({ refresh: tokens }).transform(({ refresh }) => refresh);
const card = z.object({ addPaymentMethod: z.object({ id: z.string() }) });
const dish = z.object({ id: z.string(), availablePortions: z.int().nullable() });
const menu = z.object({ dishes: z.object({ edges: z.array(z.object({ node: dish })) }) });
const placed = z.object({ placeOrder: z.object({ order: z.object({ id: z.string() }) }) });

type Tokens = z.infer<typeof tokens>;
interface Session extends Tokens {
  readonly paymentMethodId: string;
}

/** Guests who are no people, and use the API as people do: they register, log in, keep a card, read the menu, order. */
export class VirtualGuests {
  readonly #sessions = new Map<number, Session>();
  #menu: { dishes: MenuDish[]; at: number } | undefined;

  constructor(
    private readonly api: PublicApi,
    private readonly store: GuestStore,
  ) {}

  /** @throws ApiAway */
  async readMenu(): Promise<readonly MenuDish[]> {
    if (this.#menu && performance.now() - this.#menu.at < MENU_KEPT_MS) return this.#menu.dishes;
    const page = await this.api.ask(menu, 'DiningRoomMenu', { first: MENU_PAGE }, { isEnough: true });
    const dishes = page.dishes.edges.map(({ node }) => node);
    this.#menu = { dishes, at: performance.now() };
    return dishes;
  }

  /**
   * Places an order, or finds that it was placed before.
   * @param idempotencyKey the same on each attempt
   * @throws ApiAway
   * @throws ApiRefusal
   */
  async order({ seat, lines }: PlannedOrder, idempotencyKey: string): Promise<void> {
    const session = this.#sessions.get(seat) ?? (await this.#begin(seat));
    try {
      await this.#place(session, lines, idempotencyKey);
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      this.#sessions.delete(seat); // whatever it was, the next order begins from the door
      this.#menu = undefined;
      if (error.code !== 'UNAUTHENTICATED') throw error;
      await this.#place(await this.#goOn(seat, session), lines, idempotencyKey);
    }
  }

  async #place(
    { accessToken: token, paymentMethodId }: Session,
    lines: PlannedOrder['lines'],
    idempotencyKey: string,
  ): Promise<void> {
    const deliveryAddress = { line1: '1 Market Square', city: 'Springfield', postcode: '12345' };
    const input = { idempotencyKey, lines, deliveryAddress, paymentMethodId };
    await this.api.ask(placed, 'DiningRoomOrder', { input }, { token });
  }

  /** A session whose access token has expired goes on by its refresh token; one that has ended begins anew. */
  async #goOn(seat: number, { refreshToken, paymentMethodId }: Session): Promise<Session> {
    try {
      const fresh = await this.api.ask(refreshed, 'DiningRoomRefresh', { refreshToken });
      const session = { ...fresh, paymentMethodId };
      this.#sessions.set(seat, session);
      return session;
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      return this.#begin(seat);
    }
  }

  async #begin(seat: number): Promise<Session> {
    const fresh = await this.#signIn(seat);
    const { addPaymentMethod } = await this.api.ask(
      card,
      'DiningRoomCard',
      { input: { token: CARD } },
      { token: fresh.accessToken },
    );
    const session = { ...fresh, paymentMethodId: addPaymentMethod.id };
    this.#sessions.set(seat, session);
    return session;
  }

  async #signIn(seat: number): Promise<Tokens> {
    const { email, password, registered: isKnown } = await this.store.account(seat);
    const logIn = () => this.api.ask(loggedIn, 'DiningRoomLogin', { input: { email, password } });
    const register = () =>
      this.api.ask(registered, 'DiningRoomRegister', { input: { email, password, name: `Table ${seat + 1}` } });
    // A crash may have come between registering and writing that down, and accounts may be gone.
    const [first, second, expected] = isKnown ? [logIn, register, 'UNAUTHENTICATED'] : [register, logIn, 'EMAIL_TAKEN'];
    const fresh = await first().catch((error: unknown) => {
      if (error instanceof ApiRefusal && error.code === expected) return second();
      throw error;
    });
    if (!isKnown) await this.store.markRegistered(seat);
    return fresh;
  }
}
