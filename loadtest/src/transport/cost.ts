/** What requests to a subgraph cost. */
export interface Cost {
  /** CPU of the client for one request, microseconds. */
  readonly cpuUs: number;
  /** Until all requests of one step are answered, milliseconds. */
  readonly p50: number;
  readonly p99: number;
}
