/** The package `gifenc`, which brings no types along. Its two editions differ in their exports, hence the one by name. */
import { createRequire } from 'node:module';
import type { Palette } from './palette.ts';

interface FrameOptions {
  readonly palette?: Palette;
  readonly transparent?: boolean;
  readonly transparentIndex?: number;
  /** Milliseconds. */
  readonly delay?: number;
  readonly dispose?: number;
}

interface Encoder {
  writeFrame(pixels: Uint8Array, width: number, height: number, options: FrameOptions): void;
  finish(): void;
  bytes(): Uint8Array;
}

interface Gifenc {
  quantize(rgba: Uint8Array, colours: number): Palette;
  GIFEncoder(): Encoder;
}

export const gifenc = createRequire(import.meta.url)('gifenc') as Gifenc;
