/** What is made of screenshots shows what they show. */
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { gifOf } from './gif.ts';
import { indexedPng } from './indexed-png.ts';
import { indexesOf, paletteOf } from './palette.ts';

const WHITE = [255, 255, 255, 255];
const BLUE = [0, 103, 192, 255];

/** A file that a browser could have made. */
function pngOf(pixels: readonly (readonly number[])[], width: number): Buffer {
  const picture = new PNG({ width, height: pixels.length / width });
  picture.data = Buffer.from(pixels.flat());
  return PNG.sync.write(picture);
}

test('a picture of few colours keeps each of them', () => {
  const file = pngOf([WHITE, BLUE, BLUE, WHITE, WHITE, BLUE], 3);
  const { width, height, data } = PNG.sync.read(indexedPng(file));
  expect([width, height]).toEqual([3, 2]);
  expect(data).toEqual(PNG.sync.read(file).data);
});

test('where there are more shades than places, the common colours stay exact', () => {
  const shades = Array.from({ length: 100 }, (_, i) => [i, 2 * i, 3, 255]);
  const rgba = Uint8Array.from([...Array.from({ length: 50 }, () => WHITE), ...shades].flat());
  const palette = paletteOf(rgba, 16);
  expect(palette.length).toBeLessThanOrEqual(16);
  expect(palette[indexesOf(rgba, palette)[0]!]).toEqual(WHITE.slice(0, 3));
});

test('a film holds a frame for each screenshot, and is played again and again', () => {
  const frames = [WHITE, BLUE, WHITE].map((colour) => ({ png: pngOf([colour, WHITE], 2), delayMs: 500 }));
  const gif = gifOf(frames);
  expect(gif.subarray(0, 6).toString()).toBe('GIF89a');
  // Before each frame stands a control block: these three bytes, its flags, then the delay in hundredths of a second.
  const blocks = gif.toString('hex').split('21f904').slice(1);
  expect(blocks.map((block) => Number.parseInt(block.slice(2, 4), 16))).toEqual([50, 50, 50]);
  expect(gif.toString('latin1')).toContain('NETSCAPE2.0');
});
