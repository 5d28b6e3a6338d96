/** Selected code as a question in the search box. Pure. */

/** Longer ones say nothing more, and do not fit into the box. */
const QUESTION_CHARS = 200;

/** One line, cut between words. What the box would take for an operator or a phrase loses its mark: code is full of quotes. */
export function questionOf(selected: string): string {
  const plain = selected
    .replace(/["“”]/g, ' ')
    .replace(/(?<![\p{L}\p{Nd}])(lang|path|kind):/giu, '$1 ')
    .replace(/(?<!\S)[-+](?=\S)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain.length <= QUESTION_CHARS) return plain;
  const cut = plain.slice(0, QUESTION_CHARS + 1);
  const end = cut.lastIndexOf(' ');
  return cut.slice(0, end > 0 ? end : QUESTION_CHARS);
}
