/** What a server sends is no HTTP/1.1 response, or is longer than it may be. */
export class MalformedResponse extends Error {
  override readonly name = 'MalformedResponse';
}
