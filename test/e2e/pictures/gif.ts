/** An animated picture made of screenshots of one size. */

import { PNG } from 'pngjs';
import { gifenc } from './gifenc.ts';
import { indexesOf, paletteOf } from './palette.ts';

/** One more stands for "as before". */
const COLOURS = 255;

export interface GifFrame {
  /** A PNG file's bytes. */
  readonly png: Buffer;
  /** How long it is shown. */
  readonly delayMs: number;
}

export function gifOf(frames: readonly GifFrame[]): Buffer {
  const pictures = frames.map(({ png, delayMs }) => ({ ...PNG.sync.read(png), delayMs }));
  const palette = paletteOf(sample(pictures.map(({ data }) => data)), COLOURS);
  const unchanged = palette.length;
  const gif = gifenc.GIFEncoder();
  let before: Uint8Array | null = null;
  for (const { width, height, data, delayMs } of pictures) {
    const pixels = indexesOf(data, palette);
    // Most of the screen stays as it is; long runs of one index take next to no room.
    const changed = before ? pixels.map((pixel, i) => (pixel === before![i] ? unchanged : pixel)) : pixels;
    gif.writeFrame(changed, width, height, {
      ...(before ? {} : { palette: [...palette, [0, 0, 0]] }),
      ...(before ? { transparent: true, transparentIndex: unchanged } : {}),
      delay: delayMs,
      dispose: 1,
    });
    before = pixels;
  }
  gif.finish();
  return Buffer.from(gif.bytes());
}

/** Pixels from a few of the frames: enough to know their colours. */
function sample(pictures: readonly Uint8Array[]): Uint8Array {
  const every = Math.ceil(pictures.length / 6);
  return Buffer.concat(pictures.filter((_, i) => i % every === 0));
}
