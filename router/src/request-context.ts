/** What travels with one client request to every subgraph. */
export interface RouterContext {
  /** The signed actor header's value. */
  signedActor: string;
  correlationId: string;
}
