/** A client went away before its request was whole: nobody waits for an answer, and nothing of ours failed. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';

  constructor(cause?: unknown) {
    super('The client went away before its request was whole.', { cause });
  }
}
