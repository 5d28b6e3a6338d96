/** The head of a definition on one line. */
const SIGNATURE_CHARS = 300;
/** A head without a body field is at most this long. */
const HEAD_LINES = 4;
const HEAD_END = /(?:\{|:|=|\bdo|\bwhere|;)\s*$/;

/** `bodyIndex` is -1 when the grammar names no body: the head then ends with the first line that opens one. */
export function signatureOf(source: string, startIndex: number, bodyIndex: number, endIndex: number): string {
  const head =
    bodyIndex > startIndex ? source.slice(startIndex, bodyIndex) : firstLines(source.slice(startIndex, endIndex));
  return head
    .replace(/^(?:\s*(?:@[\w.]+(?:\([^()]*\))?|#\[[^\]]*\]|\[[^\]\n]*\])\s*\n)+/, '')
    .replace(/\s+/g, ' ')
    .replace(/\s*(?:\{|=>|=|:|->|\bdo|\bthen|\bwhere)\s*$/, '')
    .trim()
    .slice(0, SIGNATURE_CHARS);
}

function firstLines(definition: string): string {
  const lines = definition.slice(0, SIGNATURE_CHARS * HEAD_LINES).split('\n', HEAD_LINES);
  const end = lines.findIndex((line) => HEAD_END.test(line));
  return lines.slice(0, Math.max(1, end + 1)).join('\n');
}
