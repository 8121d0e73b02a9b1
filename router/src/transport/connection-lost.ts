/** A connection could not be opened, or ended before a response was whole. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';

  constructor(
    /** What is known of the request that was under way:
     * - `not-sent`: no byte of it was sent, or the server says that it did not look at it
     * - `no-answer`: it was sent, and no byte of a response came
     * - `in-answer`: the response had begun */
    readonly when: 'not-sent' | 'no-answer' | 'in-answer',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
