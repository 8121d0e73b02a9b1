import { AsyncLocalStorage } from 'node:async_hooks';

/** What belongs to the request or message that is being worked on; logs and outgoing messages take it from here. */
export interface WorkContext {
  correlationId: string;
  /** The id of the message or request that caused what happens now. */
  causationId: string;
  orderId?: string;
  /** Who handles which message, if this is the handling of a message. */
  consumer?: string;
  message?: string;
}

const storage = new AsyncLocalStorage<WorkContext>();

export const currentWork = (): WorkContext | undefined => storage.getStore();
export const runInWork = <T>(context: WorkContext, work: () => T): T => storage.run(context, work);
