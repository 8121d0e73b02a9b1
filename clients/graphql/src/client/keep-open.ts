import type { Observable } from 'rxjs';

/** After a stream has ended, it is opened again; milliseconds. */
const AGAIN_MS = 3_000;

/**
 * Listens to a stream, and opens it again after each end, with an error or without.
 * @param open asks for it, from where it was left if it can
 * @param onEnd told of each end: what comes before it is open again may be missed
 * @returns what ends it for good
 */
export function keepOpen<Event>(
  open: () => Observable<Event>,
  next: (event: Event) => void,
  onEnd: () => void = () => undefined,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const again = () => {
    onEnd();
    if (!isOver) timer = setTimeout(() => (stream = listen()), AGAIN_MS);
  };
  const listen = () => open().subscribe({ next, error: again, complete: again });
  let stream = listen();
  return () => {
    isOver = true;
    clearTimeout(timer);
    stream.unsubscribe();
  };
}
