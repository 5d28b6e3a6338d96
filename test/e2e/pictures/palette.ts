/**
 * The few colours that stand for all of a picture of a user interface. Its grounds and texts are painted in exact colours,
 * which have to stay what they are; only the shades between them may be brought together.
 */
import { gifenc } from './gifenc.ts';

/** Red, green, blue, each from 0 to 255. */
export type Palette = number[][];

/** Of so many the rest is left to the shades. */
const EXACT_PART = 0.75;

/** `rgba`: four bytes to a pixel, all of them opaque. */
export function paletteOf(rgba: Uint8Array, colours: number): Palette {
  const counts = new Map<number, number>();
  for (let at = 0; at < rgba.length; at += 4) {
    const colour = colourAt(rgba, at);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const byCount = [...counts].sort(([, a], [, b]) => b - a).map(([colour]) => bytesOf(colour));
  if (byCount.length <= colours) return byCount;
  const exact = Math.floor(colours * EXACT_PART);
  const rest = Uint8Array.from(byCount.slice(exact).flatMap((colour) => [...colour, 255]));
  return [...byCount.slice(0, exact), ...gifenc.quantize(rest, colours - exact)];
}

/** A byte for each pixel: the place of the nearest colour. */
export function indexesOf(rgba: Uint8Array, palette: Palette): Uint8Array {
  const known = new Map<number, number>();
  const indexes = new Uint8Array(rgba.length / 4);
  for (let at = 0; at < rgba.length; at += 4) {
    const colour = colourAt(rgba, at);
    const index = known.get(colour) ?? nearest(palette, bytesOf(colour));
    known.set(colour, index);
    indexes[at / 4] = index;
  }
  return indexes;
}

function nearest(palette: Palette, colour: readonly number[]): number {
  const distances = palette.map((other) => other.reduce((sum, byte, i) => sum + (byte - colour[i]!) ** 2, 0));
  return distances.indexOf(Math.min(...distances));
}

const colourAt = (rgba: Uint8Array, at: number): number => (rgba[at]! << 16) | (rgba[at + 1]! << 8) | rgba[at + 2]!;
const bytesOf = (colour: number): number[] => [colour >> 16, (colour >> 8) & 255, colour & 255];
