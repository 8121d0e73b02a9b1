/** Whether this browser draws in three dimensions at all, by hardware or without. */
export function hasWebGl(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  // Browsers allow few contexts at a time; the one that only asked is given back.
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}
