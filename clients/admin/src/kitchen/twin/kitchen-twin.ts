import type { StationKind } from '@brigade/graphql';
import { Playhead } from './playhead.ts';
import type { Reading } from './reading.ts';
import { Slots } from './slots.ts';
import { TicketLog } from './ticket-log.ts';
import { Track, blankReading } from './track.ts';

export interface StationInfo {
  readonly id: string;
  readonly kind: StationKind;
  readonly name: string;
  readonly capacity: number;
}

/** Milliseconds. */
const STALE_MS = 15_000;

interface Twin {
  readonly live: Track;
  /** What was loaded of the past. */
  readonly tape: Track;
  readonly slots: Slots;
  readonly sampled: Reading;
  frame: number;
  result: Reading | undefined;
}

/**
 * The kitchen as this browser knows it, free of any framework: feeds write, frames read. Nothing here makes React
 * render.
 */
export class KitchenTwin {
  readonly playhead: Playhead;
  readonly liveTickets = new TicketLog(500, 'what hangs');
  readonly pastTickets = new TicketLog(5_000, 'the latest');
  readonly #stations = new Map<string, Twin>();
  #frame = 0;
  #time = 0;
  /** Readings that came since the page was opened. */
  events = 0;

  constructor(playhead: Playhead = new Playhead()) {
    this.playhead = playhead;
  }

  get tickets(): TicketLog {
    return this.playhead.isLive ? this.liveTickets : this.pastTickets;
  }

  hear(stationId: string, reading: Reading): void {
    this.events += 1;
    this.playhead.heard(stationId, reading.at);
    this.#twin(stationId).live.add(reading);
  }

  remember(stationId: string, readings: Iterable<Reading>): void {
    const { tape } = this.#twin(stationId);
    for (const reading of readings) tape.add(reading);
  }

  /** Begins a frame: what is asked for until the next one is of this moment. */
  beginFrame(): number {
    this.#frame += 1;
    this.#time = this.playhead.time();
    return this.#time;
  }

  /** A station at the moment of the frame, worked out once however many ask. Good until the next frame. */
  sample(stationId: string): Reading | undefined {
    const twin = this.#twin(stationId);
    if (twin.frame === this.#frame) return twin.result;
    twin.frame = this.#frame;
    const result = this.track(stationId).sample(this.#time, twin.sampled);
    // What a device said long ago says nothing of now.
    twin.result = result && this.#time - result.at <= STALE_MS ? result : undefined;
    twin.slots.update(twin.result?.jobs ?? []);
    return twin.result;
  }

  slotOf(stationId: string, jobId: string): number {
    return this.#twin(stationId).slots.slotOf(jobId);
  }

  /** The readings that the playhead runs over. */
  track(stationId: string): Track {
    const { live, tape } = this.#twin(stationId);
    return this.playhead.isLive ? live : tape;
  }

  #twin(stationId: string): Twin {
    let twin = this.#stations.get(stationId);
    if (!twin) {
      // An hour of tape at one reading a second.
      twin = {
        live: new Track(),
        tape: new Track(4_000),
        slots: new Slots(),
        sampled: blankReading(),
        frame: -1,
        result: undefined,
      };
      this.#stations.set(stationId, twin);
    }
    return twin;
  }
}
