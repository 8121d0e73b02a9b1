/** Where a link into the past leads: when, how fast it is played from there, and whose tickets are marked. */
export interface Moment {
  readonly at: number;
  readonly rate: number;
}

/** So long the kitchen keeps what it was told, milliseconds. */
export const KEPT_MS = 3_600_000;

/** Reads `?at=<ISO 8601>&rate=<0 to 60>`; undefined where there is none, or it is not kept any more. */
export function momentFrom(search: URLSearchParams, now: number): Moment | undefined {
  const at = Date.parse(search.get('at') ?? '');
  const rate = Number(search.get('rate') ?? 1);
  const isKept = at <= now && at >= now - KEPT_MS;
  return isKept && rate >= 0 && rate <= 60 ? { at, rate } : undefined;
}

/** The address of the kitchen as it was when an order was placed, played at ten times the pace. */
export const replayOf = ({ id, placedAt }: { readonly id: string; readonly placedAt: string }): string =>
  `/kitchen?${new URLSearchParams({ at: placedAt, rate: '10', order: id }).toString()}`;
