import { describe, expect, test } from '@jest/globals';
import { eventEvolution } from './event-evolution.ts';
import { storedEvents, type Stored } from './stored-events.fixture.ts';

const known = Object.entries(storedEvents) as [string, Stored<{ type: string }>[]][];

describe.each(known)('%s', (type, versions) => {
  test('every version that was ever written has a fixture, and no other', () => {
    const current = eventEvolution.current[type] ?? 1;
    expect(versions.map(({ version }) => version)).toEqual(Array.from({ length: current }, (_, index) => index + 1));
  });

  test.each(versions)('version $version is read as what it means today', ({ version, stored, today }) => {
    const text = JSON.stringify(stored);
    const { type: _type, ...data } = today;
    expect(eventEvolution.upcast(type, version, JSON.parse(text))).toEqual(data);
  });
});
