/**
 * Bytes to text: UTF-8 unless a byte order mark or the pattern of zero bytes says UTF-16. Bytes that are no UTF-8 become
 * U+FFFD, so a file in an old 8-bit encoding is still found by its ASCII words.
 */

/** Zero bytes beyond this many bytes do not make a file binary; git looks as far. */
const SNIFFED_BYTES = 8000;

/** Null when the bytes are not text. The text holds no byte order mark and no NUL. */
export function decodeText(bytes: Uint8Array): string | null {
  const head = bytes.subarray(0, SNIFFED_BYTES);
  const encoding = utf16Of(head);
  if (encoding === null) return head.includes(0) ? null : withoutNul(new TextDecoder('utf-8').decode(bytes));
  const text = new TextDecoder('utf-16le').decode(encoding === 'le' ? bytes : swapped(bytes));
  return text.includes('\0') ? null : text;
}

function utf16Of(head: Uint8Array): 'le' | 'be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'be';
  return utf16ByZeros(head);
}

/** Without a mark: most characters of code are ASCII, whose other byte is zero, always on the same side. */
function utf16ByZeros(head: Uint8Array): 'le' | 'be' | null {
  const pairs = Math.floor(head.length / 2);
  if (pairs < 4 || !head.includes(0)) return null;
  let highFirst = 0;
  let highLast = 0;
  for (let i = 0; i < pairs * 2; i += 2) {
    if (head[i] === 0) highFirst++;
    if (head[i + 1] === 0) highLast++;
  }
  if (highFirst === 0 && highLast > pairs * 0.7) return 'le';
  return highLast === 0 && highFirst > pairs * 0.7 ? 'be' : null;
}

function swapped(bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes.length & ~1);
  for (let i = 0; i < result.length; i += 2) {
    result[i] = bytes[i + 1]!;
    result[i + 1] = bytes[i]!;
  }
  return result;
}

/** A lone NUL far into a text would end it early in parsers and databases written in C. */
function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
}
