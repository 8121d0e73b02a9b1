/** Colour of a surface by temperature, for the plan: from iron to ember. @param celsius 20 to about 350 */
export function heatFill(celsius: number): string {
  const part = Math.min(1, Math.max(0, (celsius - 40) / 260));
  return `hsl(${22 - 8 * part} ${8 + 75 * part}% ${20 + 22 * part}%)`;
}
