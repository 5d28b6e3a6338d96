/**
 * Tells code that a machine squeezed into a few long lines from code that people read. Readable code may embed an image
 * or a source map on one line; a file that is nothing but such data is no code either.
 */

/** Below this many characters a file is worth indexing whatever its lines look like. */
const MIN_CHARACTERS = 1500;
/** Hand-written files lie around 30; the longest-winded stay below 120. */
const MAX_MEAN_LINE = 300;
const MAX_LINE = 20_000;
/** An unbroken run as encoded data has it; code breaks for a bracket or a sign long before. The look-behind keeps it linear. */
const DATA = /(?<![\w+/=%-])[\w+/=%-]{500,}/g;
const MIN_CODE_SHARE = 0.1;

/** The measure that tells, in words, or null for readable text. */
export function minifiedBy(text: string): string | null {
  const measure = longLines(text);
  if (measure === null) return null;
  const code = text.replace(DATA, '');
  return code.length < text.length * MIN_CODE_SHARE ? measure : longLines(code);
}

function longLines(text: string): string | null {
  if (text.length < MIN_CHARACTERS) return null;
  const { lines, longest } = measureLines(text);
  const mean = Math.round(text.length / lines);
  if (mean > MAX_MEAN_LINE) return `${mean} characters a line on average`;
  return longest > MAX_LINE && longest > text.length / 2 ? `one line of ${longest} characters` : null;
}

function measureLines(text: string): { lines: number; longest: number } {
  let lines = 0;
  let longest = 0;
  for (let start = 0; start < text.length; lines++) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    longest = Math.max(longest, stop - start);
    start = stop + 1;
  }
  return { lines, longest };
}
