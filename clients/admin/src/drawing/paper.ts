import { CanvasTexture, SRGBColorSpace } from 'three';

export interface Paper {
  readonly texture: CanvasTexture;
  /** Draws anew; `write` gets the empty sheet. */
  draw(write: (context: CanvasRenderingContext2D, width: number, height: number) => void): void;
}

/** Something to write on in the scene: text in a font that the browser has, with no font file to fetch. */
export function createPaper(width: number, height: number): Paper {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  return {
    texture,
    draw(write) {
      if (!context) return;
      context.clearRect(0, 0, width, height);
      write(context, width, height);
      texture.needsUpdate = true;
    },
  };
}

export const FONT = 'system-ui, "Segoe UI", Roboto, sans-serif';

/** Writes as much of a text as fits into a width. */
export function writeFitting(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  width: number,
): void {
  let shown = text;
  while (shown.length > 1 && context.measureText(shown).width > width) shown = `${shown.slice(0, -2).trimEnd()}…`;
  context.fillText(shown, x, y);
}
