const FIRST_BYTES = 16_384;

/** Bytes that come in pieces. The room doubles when it is full, so however small the pieces are, each byte is copied few times. */
export class GrowingBuffer {
  #room: Buffer = Buffer.alloc(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(bytes: Buffer): void {
    const length = this.#length + bytes.length;
    if (length > this.#room.length) {
      const room = Buffer.allocUnsafeSlow(Math.max(FIRST_BYTES, length, this.#room.length * 2));
      this.#room.copy(room, 0, 0, this.#length);
      this.#room = room;
    }
    bytes.copy(this.#room, this.#length);
    this.#length = length;
  }

  /** All bytes so far, without a copy: valid until the next change. */
  view(): Buffer {
    return this.#room.subarray(0, this.#length);
  }

  /** Forgets the bytes, and keeps the room. */
  clear(): void {
    this.#length = 0;
  }
}
