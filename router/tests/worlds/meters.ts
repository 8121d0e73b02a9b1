import type { SubgraphSource } from './served-supergraph.ts';

interface Room {
  readonly id: string;
  readonly readings: readonly number[];
  readonly temperature: Readonly<Record<'C' | 'F', number>>;
  readonly name: string;
}

const rooms: readonly Room[] = [
  { id: 'r1', readings: [19, 20, 24], temperature: { C: 24, F: 75 }, name: 'room r1' },
  { id: 'r2', readings: [10, 11, 12], temperature: { C: 12, F: 54 }, name: 'room r2' },
];

/** Rooms with what is measured in them, and a climate that is made of it: it checks what it is given. */
export const meters: Readonly<Record<string, SubgraphSource>> = {
  meters: {
    typeDefs: `
      type Query { rooms: [Room!]! }
      enum Unit { C F }
      type Room @key(fields: "id") {
        id: ID! readings(last: Int!): [Int!]! temperature(unit: Unit!): Int! name: String }`,
    resolvers: {
      Query: { rooms: () => rooms },
      Room: {
        __resolveReference: ({ id }: { id: string }) => rooms.find((room) => room.id === id),
        readings: ({ readings }: Room, { last }: { last: number }) => readings.slice(-last),
        temperature: ({ temperature }: Room, { unit }: { unit: 'C' | 'F' }) => temperature[unit],
      },
    },
  },
  climate: {
    typeDefs: `
      enum Unit { C F }
      type Room @key(fields: "id") {
        id: ID! readings(last: Int!): [Int!]! @external temperature(unit: Unit!): Int! @external
        average: Float @requires(fields: "readings(last: 3)")
        inCelsius: String @requires(fields: "temperature(unit: C)")
        inFahrenheit: String @requires(fields: "temperature(unit: F)") }`,
    resolvers: {
      Room: {
        average({ readings }: { readings: number[] }) {
          if (!Array.isArray(readings) || readings.length !== 3) throw new Error('not three readings');
          return readings.reduce((sum, reading) => sum + reading, 0) / 3;
        },
        inCelsius: ({ temperature }: { temperature: number }) => `${temperature} C`,
        inFahrenheit: ({ temperature }: { temperature: number }) => `${temperature} F`,
      },
    },
  },
};
