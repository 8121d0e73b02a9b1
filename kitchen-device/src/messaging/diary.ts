import { closeSync, openSync, writeSync } from 'node:fs';
import type { DeviceCommand, DeviceEvent } from '@brigade/schema';

type Entry = { command: DeviceCommand } | { event: DeviceEvent };

/** What the devices were told and what they said, as evidence: one JSON line each, which outlives a killed process. */
export interface Diary {
  enter(entry: Entry): void;
  close(): void;
}

/** Appends to `path`; without one, nothing is kept. */
export function openDiary(path: string | undefined): Diary {
  if (!path) return { enter: () => {}, close: () => {} };
  const file = openSync(path, 'a');
  return {
    enter: (entry) => void writeSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`),
    close: () => closeSync(file),
  };
}
