/** Lines that are longer than a grammar can read, with blanks in their midst. Lengths stay, so every offset does too. */

/**
 * Of a longer line both ends stay, `most` characters together, so that what is opened at its start is closed at its end:
 * a string that nobody closes would take the functions below with it. Only what the grammar is given changes.
 */
export function withoutLongMiddles(text: string, most: number): string {
  if (!hasLongerLine(text, most)) return text;
  return text
    .split('\n')
    .map((line) => (line.length > most ? withoutMiddle(line, most) : line))
    .join('\n');
}

function withoutMiddle(line: string, most: number): string {
  const head = Math.ceil(most / 2);
  return line.slice(0, head) + ' '.repeat(line.length - most) + line.slice(line.length - (most - head));
}

function hasLongerLine(text: string, chars: number): boolean {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    if ((end === -1 ? text.length : end) - start > chars) return true;
    if (end === -1) return false;
    start = end + 1;
  }
  return false;
}
