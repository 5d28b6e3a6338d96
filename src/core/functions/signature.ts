/** The head of a definition on one line. */
const SIGNATURE_CHARS = 300;
/** What of a head is read; comments among parameters count. */
const HEAD_CHARS = 4000;
/** A head without a body field is at most this long. */
const HEAD_LINES = 4;
/** A row that goes on with the type of the one above, as Haskell's are written. */
const TYPE_GOES_ON = /^\s*(?:::|=>|->|→|\.)(?:\s|$)/;
const HEAD_END = /(?:\{|:|=|\bdo|\bwhere|;)\s*$/;

/** Offsets in UTF-16 units; `bodyIndex` is -1 when the grammar names no body. */
export interface HeadPlace {
  readonly headIndex: number;
  readonly bodyIndex: number;
  readonly node: { readonly endIndex: number };
}

/**
 * Without a body, the head ends with the first line that opens one. Lines of comment are no part of it, nor is what Haskell
 * says of each parameter behind it.
 */
export function signatureOf(
  source: string,
  { headIndex, bodyIndex, node }: HeadPlace,
  marks: readonly string[],
): string {
  const head =
    bodyIndex > headIndex
      ? source.slice(headIndex, Math.min(bodyIndex, headIndex + HEAD_CHARS))
      : firstLines(source.slice(headIndex, node.endIndex));
  const folded = head
    .split('\n')
    .filter((line) => !marks.some((mark) => line.trimStart().startsWith(mark)))
    .map((line) => (marks.includes('--') ? line.replace(/(?<=\s)--\s.*$/, '') : line))
    .join('\n')
    .replace(/\s+/g, ' ');
  return withoutKeywordBody(folded)
    .replace(/(?:=>|=)?\s*(?:\{|=>|=|:|->|\\|\bdo|\bthen|\bwhere)\s*$/, '')
    .trim()
    .slice(0, SIGNATURE_CHARS);
}

function firstLines(definition: string): string {
  const lines = definition.slice(0, SIGNATURE_CHARS * HEAD_LINES).split('\n');
  const end = lines.slice(0, HEAD_LINES).findIndex((line) => HEAD_END.test(line));
  const others = lines.slice(1).findIndex((line) => !TYPE_GOES_ON.test(line));
  const typeRows = others < 0 ? lines.length : others + 1;
  return lines.slice(0, Math.max(1, end + 1, typeRows)).join('\n');
}

/** Elixir's `def f(x), do: x`; a `do:` within the parentheses is a parameter. */
function withoutKeywordBody(head: string): string {
  const end = head.search(/, do: /);
  const isBody = end > 0 && head.lastIndexOf('(', end) <= head.lastIndexOf(')', end);
  return isBody ? head.slice(0, end) : head;
}
