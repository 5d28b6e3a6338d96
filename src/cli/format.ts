/** Figures as a reader likes them. */
import type { SkipCode } from '../core/skip.ts';

const UNITS = ['B', 'kB', 'MB', 'GB'];

export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`;
}

export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
}

/** Most frequent reason first: `12 ignored, 3 binary`. */
export function formatSkipped(skipped: Readonly<Partial<Record<SkipCode, number>>>): string {
  return Object.entries(skipped)
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => `${count.toLocaleString('en')} ${code}`)
    .join(', ');
}
