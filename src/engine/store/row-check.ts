/** Checksums of the rows: SQLite notices damage to its own structure, not a bit that changed within a name or a vector. */
import { crc32 } from 'node:zlib';

/** What a reader shows of a function, as it is stored. */
export interface FunctionTexts {
  readonly file_id: number;
  readonly kind: number;
  readonly name: string;
  readonly qualified_name: string;
  readonly preview: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly part: string | null;
  readonly content_hash: string;
}

export interface FileTexts {
  readonly path: string;
  readonly hash: string;
  readonly language: string;
  readonly skip: string | null;
}

/** Of up to hundreds of rows a search: one text is much faster than a list of them. */
export function checkOfTexts(row: FunctionTexts): number {
  const { file_id, kind, start_line, end_line, name, qualified_name, preview, part, content_hash } = row;
  const numbers = `${file_id} ${kind} ${start_line} ${end_line}`;
  const whole = `${numbers}\n${name}\n${qualified_name}\n${preview}\n${part ?? ''}\n${content_hash}`;
  if (!whole.includes('\0')) return signed(crc32(whole));
  const texts = [name, qualified_name, preview, part ?? '', content_hash].map(asRead);
  return signed(crc32(`${numbers}\n${texts.join('\n')}`));
}

/** `terms`: as `encodeTerms` makes them. No number for what is no bytes: damage can change a value's type. */
export const checkOfContent = (vector: Uint8Array | Int8Array, terms: Uint8Array): number =>
  ArrayBuffer.isView(vector) && ArrayBuffer.isView(terms) ? signed(crc32(terms, crc32(vector))) : Number.NaN;

/** Size and time are left out: where they are wrong, the file is read again. */
export const checkOfFile = ({ path, hash, language, skip }: FileTexts): number =>
  signed(crc32(`${path}\0${hash}\0${language}\0${skip ?? ''}`));

export interface TermRow {
  readonly term: string;
  readonly id: number;
  readonly term_check: number;
}

export const isSoundTerm = ({ term, id, term_check }: TermRow): boolean => checkOfTerm(term, id) === term_check;

export const checkOfTerm = (term: string, id: number): number => signed(crc32(`${id} ${asRead(term)}`));

/** Some versions of Node read a text up to its first null character; of a damaged row, it may be anything. */
function asRead(value: string): string {
  const text = String(value);
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

/** SQLite keeps a signed number of this size in four bytes, an unsigned one in six. */
const signed = (check: number): number => check | 0;
