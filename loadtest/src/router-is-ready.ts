/**
 * Whether a router of Brigade answers at `origin` and can be asked; another process on its port does not count.
 * @param origin e.g. `http://127.0.0.1:4000`
 */
export async function routerIsReady(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/health/ready`);
    const { service } = (await response.json()) as { service?: string };
    return response.ok && service === 'router';
  } catch {
    return false;
  }
}
