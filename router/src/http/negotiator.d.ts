/** What the router uses of the package, which brings no types. */
declare module 'negotiator' {
  export default class Negotiator {
    constructor(request: { readonly headers: Readonly<Record<string, string | undefined>> });
    /** Those of the available media types that are accepted, the best first; a quality of 0 is none. */
    mediaTypes(available: readonly string[]): string[];
  }
}
