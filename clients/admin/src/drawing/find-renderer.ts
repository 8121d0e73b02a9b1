/** What draws in three dimensions in this browser, as WebGL names it; undefined where nothing does. */
export function findRenderer(): string | undefined {
  const context = document.createElement('canvas').getContext('webgl2');
  if (!context) return undefined;
  const naming = context.getExtension('WEBGL_debug_renderer_info');
  const name = String(context.getParameter(naming?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER));
  // Browsers allow few contexts at a time; the one that only asked is given back.
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return name;
}
