import {
  orderPlaced,
  reservationExpired,
  stockRejected,
  stockReleased,
  stockReserved,
  type Envelope,
  type PayloadOf,
} from '@brigade/schema';
import { createMessage } from '@brigade/service-kit';
import { settlements } from '../../subgraphs/inventory/src/stock/heard.ts';
import type { Needs, ReservationEvent, ReservationStatus } from '../../subgraphs/inventory/src/stock/reservation.ts';
import type { Domain } from './domain.ts';
import { Participant, type Transaction } from './transaction.ts';

export interface Level {
  onHand: number;
  reserved: number;
  consumed: number;
}

interface Reservation {
  status: ReservationStatus;
  needs: Needs;
  /** Whether its time can run out. */
  expires: boolean;
}

type Recipes = ReadonlyMap<string, readonly { ingredientId: string; quantity: number }[]>;

const eventOf = new Map<string, ReservationEvent>(settlements.map(({ definition, event }) => [definition.name, event]));

/** Inventory: levels, and what is set aside for which order. */
export class Inventory extends Participant {
  readonly levels = new Map<string, Level>();
  readonly reservations = new Map<string, Reservation>();

  constructor(
    private readonly domain: Domain,
    stock: Readonly<Record<string, number>>,
    private readonly recipes: Recipes,
  ) {
    super(domain);
    for (const [id, onHand] of Object.entries(stock)) this.levels.set(id, { onHand, reserved: 0, consumed: 0 });
  }

  /** Reservations whose time can run out. */
  expiring(): string[] {
    return [...this.reservations].filter(([, { status, expires }]) => status === 'HELD' && expires).map(([id]) => id);
  }

  expire(orderId: string): void {
    const reservation = this.reservations.get(orderId);
    if (!reservation) return;
    if (this.domain.inventory.expiry === 'RELEASE') {
      this.transact((tx) => this.#settle(tx, orderId, 'release'));
      return;
    }
    this.transact((tx) => {
      tx.set(this.reservations, orderId, { ...reservation, expires: false });
      tx.say(createMessage(reservationExpired, orderId, { orderId }));
    });
  }

  protected handle(message: Envelope<{ orderId: string }>, tx: Transaction): void {
    if (message.name === orderPlaced.name) return this.#reserve(message.payload as PayloadOf<typeof orderPlaced>, tx);
    const event = eventOf.get(message.name);
    if (event) this.#settle(tx, message.payload.orderId, event);
  }

  #reserve({ orderId, lines }: PayloadOf<typeof orderPlaced>, tx: Transaction): void {
    if (this.reservations.has(orderId)) return;
    const { needsOf, decideReserve } = this.domain.inventory;
    const needs = needsOf(lines, this.recipes);
    const levels = new Map(
      [...this.levels].map(([ingredientId, { onHand }]) => [ingredientId, { ingredientId, onHand, version: 1 }]),
    );
    const decision = decideReserve(needs, levels);
    if (!decision.reserved) {
      tx.set(this.reservations, orderId, { status: 'REJECTED', needs: [], expires: false });
      const { shortages } = decision;
      tx.say(createMessage(stockRejected, orderId, { orderId, reason: 'OUT_OF_STOCK', shortages }));
      return;
    }
    tx.set(this.reservations, orderId, { status: 'HELD', needs, expires: true });
    for (const { ingredientId, quantity } of needs)
      this.#move(tx, ingredientId, { onHand: -quantity, reserved: quantity });
    tx.say(createMessage(stockReserved, orderId, { orderId, expiresAt: stockReserved.example.expiresAt }));
  }

  #settle(tx: Transaction, orderId: string, event: ReservationEvent): void {
    const reservation = this.reservations.get(orderId);
    const settlement = this.domain.inventory.settle(
      reservation?.status,
      event,
      reservation?.status === 'HELD' && !reservation.expires,
    );
    if (!settlement) return;
    const { status, movement, released } = settlement;
    const needs = reservation?.needs ?? [];
    tx.set(this.reservations, orderId, { status, needs, expires: false });
    for (const { ingredientId, quantity } of movement ? needs : []) {
      this.#move(tx, ingredientId, { reserved: -quantity, [movement === 'consume' ? 'consumed' : 'onHand']: quantity });
    }
    if (released) tx.say(createMessage(stockReleased, orderId, { orderId, reason: released }));
  }

  #move(tx: Transaction, id: string, by: Partial<Level>): void {
    const level = this.levels.get(id) ?? { onHand: 0, reserved: 0, consumed: 0 };
    tx.set(this.levels, id, {
      onHand: level.onHand + (by.onHand ?? 0),
      reserved: level.reserved + (by.reserved ?? 0),
      consumed: level.consumed + (by.consumed ?? 0),
    });
  }
}
