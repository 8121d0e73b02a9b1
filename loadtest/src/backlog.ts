/** Messages that wait somewhere between the subgraphs: in outboxes and in work queues. */
export async function backlog(metricsUrls: readonly string[]): Promise<number> {
  const texts = await Promise.all(metricsUrls.map(async (url) => (await fetch(url)).text()));
  let waiting = 0;
  for (const line of texts.flatMap((text) => text.split('\n'))) {
    const value = /^(?:outbox_messages(?:\{[^}]*\})?|queue_messages\{[^}]*queue="work"[^}]*\}) ([\d.e+]+)$/.exec(
      line,
    )?.[1];
    if (value) waiting += Number(value);
  }
  return waiting;
}
