import { describe, expect, test } from '@jest/globals';
import type { StationKind } from '@brigade/graphql';
import { hangTickets } from './hang-tickets.ts';
import { layOut, layOutSlots } from './layout.ts';

const kinds: readonly StationKind[] = ['OVEN', 'GRIDDLE', 'FRYER', 'STOVE', 'PREP'];
const kitchen = (count: number) =>
  Array.from({ length: count }, (_nothing, index) => ({
    id: `station-${index}`,
    kind: kinds[index % kinds.length] as StationKind,
  }));

describe('a room for any kitchen', () => {
  test.each([1, 5, 12, 20, 60])('%i stations stand within it, apart from each other', (count) => {
    const room = layOut(kitchen(count));
    const places = [...room.places.values()];
    expect(places).toHaveLength(count);
    for (const { x, z } of places) {
      expect(Math.abs(x)).toBeLessThanOrEqual(room.width / 2);
      expect(Math.abs(z)).toBeLessThanOrEqual(room.depth / 2);
    }
    expect(new Set(places.map(({ x, z }) => `${x} ${z}`)).size).toBe(count);
  });

  test.each([1, 3, 4, 40])('%i slots lie beside each other', (capacity) => {
    for (const kind of kinds) {
      const slots = layOutSlots(kind, capacity);
      expect(slots).toHaveLength(capacity);
      expect(new Set(slots.map(({ x, z }) => `${x} ${z}`)).size).toBe(capacity);
    }
  });
});

describe('the rail', () => {
  const room = layOut(kitchen(10));
  const ticket = { at: 0, orderId: null, dishName: 'Carbonara', quantity: 1, step: null };

  test('a ticket waits at its left, goes to its station, and leaves at its right', () => {
    const hooks = hangTickets(
      [
        { ...ticket, ticketId: 'waits', status: 'QUEUED', stationId: null },
        { ...ticket, ticketId: 'cooks', status: 'COOKING', stationId: 'station-0' },
        { ...ticket, ticketId: 'done', status: 'READY', stationId: 'station-0' },
      ],
      room,
    );
    const station = room.places.get('station-0')?.x ?? 0;
    expect(hooks.get('waits')?.x).toBeLessThan(-room.width / 2 + 1);
    expect(Math.abs((hooks.get('cooks')?.x ?? 0) - station)).toBeLessThan(0.6);
    expect(hooks.get('done')?.x).toBeGreaterThan(room.width / 2);
  });

  test('tickets of one station hang under each other', () => {
    const hooks = hangTickets(
      ['a', 'b'].map((ticketId) => ({ ...ticket, ticketId, status: 'COOKING' as const, stationId: 'station-0' })),
      room,
    );
    expect([hooks.get('a')?.row, hooks.get('b')?.row]).toEqual([0, 1]);
  });
});
