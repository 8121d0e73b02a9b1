/** The operation is not planned, and asking again will not change that. */
export class PlanRefused extends Error {
  override readonly name = 'PlanRefused';

  /** `OPERATION_TOO_COMPLEX`: there are too many ways to execute it, or it takes too long to find one. */
  readonly code: 'OPERATION_TOO_COMPLEX' | 'OPERATION_NOT_SUPPORTED';

  constructor(code: PlanRefused['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** More operations wait to be planned than is reasonable, or the planner has been closed. */
export class PlannerBusy extends Error {
  override readonly name = 'PlannerBusy';
  readonly code = 'ROUTER_BUSY';
}

/** The planner has a fault, or does not start. Its message is for whoever runs the router, not for clients. */
export class PlannerFailed extends Error {
  override readonly name = 'PlannerFailed';
}
