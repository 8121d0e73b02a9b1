import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OperationName } from '../src/dining-room/operations.ts';

export interface PlacedOrder {
  email: string;
  idempotencyKey: string;
  lines: { dishId: string; quantity: number }[];
}

interface Asked {
  operationName: OperationName;
  variables: {
    input: { email: string; password: string; idempotencyKey: string; lines: PlacedOrder['lines'] };
    refreshToken: string;
  };
}

class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** What virtual guests need of the public API, as an HTTP server that can refuse, forget tokens and fall silent. */
export class ApiStand {
  readonly menu = ['a', 'b', 'c', 'd'].map((id) => ({ id, availablePortions: 100 }));
  readonly placed: PlacedOrder[] = [];
  /** Every order that was sent, also those that were refused. */
  readonly sent: PlacedOrder[] = [];
  readonly asked: Partial<Record<OperationName, number>> = {};
  isAway = false;
  refusal: string | undefined;
  /** Called with an order that was placed, before the answer. */
  onPlaced: () => void = () => {};
  readonly #accounts = new Map<string, string>();
  readonly #access = new Map<string, string>();
  readonly #refresh = new Map<string, string>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((req, res) => {
      let text = '';
      req.on('data', (chunk) => (text += String(chunk)));
      req.on('end', () => {
        const asked = JSON.parse(text) as Asked;
        this.asked[asked.operationName] = (this.asked[asked.operationName] ?? 0) + 1;
        if (this.isAway) return void res.destroy();
        try {
          const answer = JSON.stringify({ data: this.#answer(asked, req.headers.authorization?.slice(7)) });
          if (!res.destroyed) res.end(answer);
        } catch (error) {
          const { code } = error as Refused;
          res.end(JSON.stringify({ errors: [{ message: 'no', extensions: { code } }] }));
        }
      });
    });
  }

  static async open(): Promise<ApiStand> {
    const stand = new ApiStand();
    await new Promise<void>((listening) => stand.#server.listen(0, '127.0.0.1', listening));
    return stand;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/graphql`;
  }

  get accounts(): number {
    return this.#accounts.size;
  }

  expireAccess(): void {
    this.#access.clear();
  }

  close(): Promise<unknown> {
    this.#server.closeAllConnections();
    return new Promise((closed) => this.#server.close(closed));
  }

  #answer({ operationName, variables }: Asked, token: string | undefined): object {
    const { input } = variables;
    const email = token === undefined ? undefined : this.#access.get(token);
    switch (operationName) {
      case 'DiningRoomRegister':
        if (this.#accounts.has(input.email)) throw new Refused('EMAIL_TAKEN');
        this.#accounts.set(input.email, input.password);
        return { register: this.#session(input.email) };
      case 'DiningRoomLogin':
        if (this.#accounts.get(input.email) !== input.password) throw new Refused('UNAUTHENTICATED');
        return { login: this.#session(input.email) };
      case 'DiningRoomRefresh': {
        const known = this.#refresh.get(variables.refreshToken);
        this.#refresh.delete(variables.refreshToken);
        if (!known) throw new Refused('UNAUTHENTICATED');
        return { refresh: this.#session(known) };
      }
      case 'DiningRoomMenu':
        return { dishes: { edges: this.menu.map((node) => ({ node })) } };
      case 'DiningRoomCard':
        if (!email) throw new Refused('UNAUTHENTICATED');
        return { addPaymentMethod: { id: `card of ${email}` } };
      case 'DiningRoomOrder': {
        if (!email) throw new Refused('UNAUTHENTICATED');
        const order = { email, idempotencyKey: input.idempotencyKey, lines: input.lines };
        this.sent.push(order);
        if (this.refusal) throw new Refused(this.refusal);
        if (!this.placed.some(({ idempotencyKey }) => idempotencyKey === order.idempotencyKey)) this.placed.push(order);
        this.onPlaced();
        return { placeOrder: { order: { id: order.idempotencyKey } } };
      }
    }
  }

  #session(email: string): { accessToken: string; refreshToken: string } {
    const [accessToken, refreshToken] = [randomUUID(), randomUUID()];
    this.#access.set(accessToken, email);
    this.#refresh.set(refreshToken, email);
    return { accessToken, refreshToken };
  }
}
