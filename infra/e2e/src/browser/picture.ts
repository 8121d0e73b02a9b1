// Reads the screenshots of Chromium, to count their colours; a library for that would be larger than what it spares.
import { inflateSync } from 'node:zlib';
import type { Locator } from 'playwright-core';

const SIGNATURE_BYTES = 8;

/** How many different colours an element shows, and which share of it has the most frequent of them (0 to 1). */
export async function coloursOf(element: Locator): Promise<{ count: number; most: number }> {
  const { pixels, size } = decode(await element.screenshot());
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += size) {
    const colour = ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return { count: counts.size, most: Math.max(...counts.values()) / (pixels.length / size) };
}

/** Of the kinds of PNG only what Chromium writes: 8 bits, colour with or without alpha, not interlaced (ISO 15948). */
function decode(png: Buffer): { pixels: Uint8Array; size: number } {
  const data: Buffer[] = [];
  let [width, size] = [0, 0];
  for (let at = SIGNATURE_BYTES; at < png.length;) {
    const length = png.readUInt32BE(at);
    const name = png.toString('latin1', at + 4, at + 8);
    const chunk = png.subarray(at + 8, at + 8 + length);
    if (name === 'IHDR') [width, size] = [chunk.readUInt32BE(0), chunk[9] === 6 ? 4 : 3];
    if (name === 'IDAT') data.push(chunk);
    at += length + 12;
  }
  return { pixels: unfilter(inflateSync(Buffer.concat(data)), width * size, size), size };
}

/** Every line begins with how it was filtered. */
function unfilter(lines: Buffer, stride: number, size: number): Uint8Array {
  const height = lines.length / (stride + 1);
  const pixels = new Uint8Array(height * stride);
  for (let y = 0; y < height; y += 1) {
    const filter = lines[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const left = x < size ? 0 : (pixels[y * stride + x - size] ?? 0);
      const up = y === 0 ? 0 : (pixels[(y - 1) * stride + x] ?? 0);
      const corner = y === 0 || x < size ? 0 : (pixels[(y - 1) * stride + x - size] ?? 0);
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      pixels[y * stride + x] = (lines[y * (stride + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return pixels;
}

function paeth(left: number, up: number, corner: number): number {
  const near = [left, up, corner].map((one) => Math.abs(left + up - corner - one)) as [number, number, number];
  if (near[0] <= near[1] && near[0] <= near[2]) return left;
  return near[1] <= near[2] ? up : corner;
}
