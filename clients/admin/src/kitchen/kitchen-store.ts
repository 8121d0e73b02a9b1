import type { DeviceFault } from '@brigade/graphql';
import { createStore } from 'zustand/vanilla';
import { deviceState, type DeviceState } from './twin/device-state.ts';
import type { KitchenTwin, StationInfo } from './twin/kitchen-twin.ts';
import type { TicketState } from './twin/ticket-log.ts';

/** What React draws: it changes when somebody would write it down, not with every reading. */
export interface StationView extends StationInfo {
  readonly state: DeviceState;
  readonly faults: readonly DeviceFault[];
  readonly busy: number;
}

export interface KitchenState {
  readonly load: 'loading' | 'ready' | 'failed';
  readonly stations: readonly StationView[];
  readonly tickets: readonly TicketState[];
  readonly isLive: boolean;
  readonly rate: number;
  readonly selected: string | undefined;
}

export type KitchenStore = ReturnType<typeof createKitchenStore>;
export const createKitchenStore = () =>
  createStore<KitchenState>(() => ({
    load: 'loading',
    stations: [],
    tickets: [],
    isLive: true,
    rate: 1,
    selected: undefined,
  }));

/** So often at most React hears of the kitchen, milliseconds. */
const TELL_EVERY_MS = 334;

/** Looks at the twin a few times a second and tells the store what is different. @returns what ends it */
export function watchTwin(twin: KitchenTwin, store: KitchenStore): () => void {
  const look = () => {
    twin.playhead.settle();
    const time = twin.beginFrame();
    const { stations, tickets } = store.getState();
    const next = stations.map((station) => viewOf(station, twin, time));
    const hanging = twin.tickets.at(time);
    const { isLive, rate } = twin.playhead;
    store.setState({
      ...(next.some((view, index) => view !== stations[index]) && { stations: next }),
      ...(!sameItems(hanging, tickets) && { tickets: hanging }),
      isLive,
      rate,
    });
  };
  const timer = setInterval(look, TELL_EVERY_MS);
  const stop = twin.playhead.subscribe(look);
  return () => {
    clearInterval(timer);
    stop();
  };
}

function viewOf(station: StationView, twin: KitchenTwin, time: number): StationView {
  const reading = twin.sample(station.id);
  const state = deviceState(station.kind, reading, time);
  // What was wrong with it when it was heard last stays wrong until it says otherwise.
  const faults = reading?.faults ?? station.faults;
  const busy = reading?.jobs.length ?? station.busy;
  const isSame = state === station.state && busy === station.busy && sameItems(faults, station.faults);
  return isSame ? station : { ...station, state, faults, busy };
}

const sameItems = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((item, index) => item === other[index]);
