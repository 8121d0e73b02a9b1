import { Color } from 'three';

/**
 * Colours of things that are hot, by temperature. Steel does not glow at 250 °C: what is shown is the light of the
 * oven's lamp and elements, drawn warmer and brighter the hotter it is, so that people see heat.
 */
const glow: readonly (readonly [celsius: number, colour: Color, strength: number])[] = [
  [20, new Color('#0b0c10'), 0],
  [80, new Color('#2a0d06'), 0.25],
  [150, new Color('#7a1d05'), 0.8],
  [220, new Color('#e0560d'), 1.6],
  [300, new Color('#ff9a2e'), 2.4],
  [400, new Color('#ffe3ae'), 3.2],
];

/** Writes the glow of a temperature into a colour. @returns its strength, 0 to about 3 */
export function glowOf(celsius: number, into: Color): number {
  const above = glow.findIndex(([at]) => at > celsius);
  const high = glow[above === -1 ? glow.length - 1 : above];
  const low = glow[above === -1 ? glow.length - 1 : Math.max(0, above - 1)];
  if (!high || !low) return 0;
  const span = high[0] - low[0];
  const part = span > 0 ? Math.min(1, Math.max(0, (celsius - low[0]) / span)) : 0;
  into.copy(low[1]).lerp(high[1], part);
  return low[2] + (high[2] - low[2]) * part;
}

const raw = new Color('#e9dfc4');
const golden = new Color('#d99a3d');
const brown = new Color('#8a4a1c');

/** Colour of food: pale when raw, golden half way, brown when done. @param doneness 0 to 1 */
export function foodColour(doneness: number, into: Color): Color {
  if (doneness < 0.5) return into.copy(raw).lerp(golden, doneness * 2);
  return into.copy(golden).lerp(brown, Math.min(1, doneness * 2 - 1));
}
