/** Something that a hostile client does, as data, so that it can be shown and done again. */
export type Input =
  /** Bytes over a connection of its own, in parts, and how the connection ends. */
  | {
      readonly kind: 'bytes';
      readonly what: string;
      readonly parts: readonly Buffer[];
      /** Waits for the answer; goes away at once; says no more and does not go away; ends its side. */
      readonly ending: 'wait' | 'vanish' | 'hold' | 'end';
      /** Whether the answer follows from the bytes alone. */
      readonly isComparable: boolean;
    }
  /** One operation over a WebSocket. */
  | { readonly kind: 'socket operation'; readonly payload: unknown }
  /** Messages over a WebSocket, or bytes that need not be frames. */
  | { readonly kind: 'socket'; readonly frames: readonly Frame[]; readonly ending: 'wait' | 'vanish' };

export type Frame = { readonly text: string } | { readonly binary: Buffer } | { readonly raw: Buffer };

/** What became of an input. */
export interface Outcome {
  /** The part that may not depend on what others did before; absent for what is not comparable. */
  readonly told?: string;
  /** All that came, to be searched for what must never come. */
  readonly text: string;
}

/** An input for people: short, and with what does not print escaped. */
export const show = (input: Input): string =>
  JSON.stringify(input, (_key, value: unknown) => {
    const bytes = value as { type?: unknown; data?: number[] } | null;
    return bytes?.type === 'Buffer' && bytes.data ? Buffer.from(bytes.data).toString('latin1') : value;
  }).slice(0, 4_000);
