/**
 * A piece of code that others are compared with, as the index sees functions: its vector and the terms of its body. A
 * function that the index holds unchanged has them stored; anything else is read as a function would be when indexed.
 */
import type { CodeFunction } from '../../core/code-function.ts';
import { sourceLines } from '../../core/functions/source-lines.ts';
import { countIn, FIELDS } from '../../core/lexical/fields.ts';
import type { TermCounts } from '../../core/lexical/overlap.ts';
import { visitTerms } from '../../core/lexical/term-blob.ts';
import { termsOf } from '../../core/lexical/terms.ts';
import { codeText } from '../../core/student/template.ts';
import type { Refiner } from '../embed/refiner.ts';
import type { Student } from '../embed/student.ts';
import type { SourceParser } from '../parse/parser.ts';
import type { IndexReader } from '../store/index-reader.ts';
import type { StoredFunction } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { asInt8, dequantise } from '../vectors/quantise.ts';
import { readSource } from '../walk/read-source.ts';
import { DEFAULT_MAX_FILE_BYTES } from '../walk/walk.ts';
import { asksRefined } from './question-vector.ts';

export interface OriginParts {
  readonly store: Store;
  readonly student: Student;
  /** Null or absent: the student alone. */
  readonly refiner?: Refiner | null;
  readonly parser: SourceParser;
  /** That the files lie in. */
  readonly folder: string;
}

export interface Place {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

export interface CodeOrigin {
  /** A unit vector. */
  readonly vector: Float32Array;
  /** The terms of the body as `index` names them: its own may have come while the vector was made. */
  readonly bodyIn: (index: IndexReader) => TermCounts;
}

const BODY = FIELDS.indexOf('body');
/** What is asked for need not be cut at a function's ends: it is that function with this share of lines in common. */
const SAME_LINES = 0.8;

/** `place`: null for code from nowhere. `path`: of the file that the language is told by. */
export async function codeOrigin(
  parts: OriginParts,
  code: string,
  path: string,
  place: Place | null,
): Promise<CodeOrigin> {
  const stored = place && (await storedOrigin(parts, code, place));
  return stored ?? readOrigin(parts, code, path);
}

/** Of a stored function's terms. */
export function bodyTerms(blob: Uint8Array): TermCounts {
  const known = new Map<number, number>();
  let total = 0;
  visitTerms(blob, 0, blob.length, (id, counts) => {
    const count = countIn(counts, BODY);
    if (count > 0) known.set(id, count);
    total += count;
  });
  return { known, total };
}

/** Null unless the file is as it was indexed, the code is what stands there, and a function stands on those lines. */
async function storedOrigin({ store, folder }: OriginParts, code: string, place: Place): Promise<CodeOrigin | null> {
  const { path, startLine, endLine } = place;
  const fn = store.functions(store.rows.idsIn(path)).find((each) => isSamePlace(each, place));
  const content = fn && store.contents([fn.id]).get(fn.id);
  if (!content) return null;
  const source = await readSource(folder, path, DEFAULT_MAX_FILE_BYTES);
  if ('skip' in source || source.hash !== store.fileHash(path)) return null;
  if (
    sourceLines(source.text)
      .text(startLine - 1, endLine - 1)
      .trim() !== unixLines(code).trim()
  )
    return null;
  return {
    vector: dequantise(asInt8(content.vector)),
    bodyIn: () => bodyTerms(content.terms),
  };
}

const unixLines = (text: string): string => text.replaceAll('\r\n', '\n');

/** A piece of a long function is not the whole of it. */
function isSamePlace({ part, startLine, endLine }: StoredFunction, place: Place): boolean {
  const common = Math.min(endLine, place.endLine) - Math.max(startLine, place.startLine) + 1;
  const all = Math.max(endLine, place.endLine) - Math.min(startLine, place.startLine) + 1;
  return part === null && common >= SAME_LINES * all;
}

async function readOrigin(parts: OriginParts, code: string, path: string): Promise<CodeOrigin> {
  const { store, student, refiner } = parts;
  const fn = await functionIn(parts.parser, outdented(unixLines(code)), path);
  const text = codeText(student.codeTemplate, path, fn);
  const base = await student.embedCode([text]);
  const [vector] = refiner && asksRefined(store) ? await refiner.refineCode(refiner.entriesOf([text], base)) : base;
  return { vector: vector!, bodyIn: (index) => countedTerms(index, fn.code) };
}

/** The function that the code is, or the code as one without a name. */
async function functionIn(parser: SourceParser, code: string, path: string): Promise<CodeFunction> {
  const { language, functions } = await parser.parse(path, code);
  const endLine = sourceLines(code).count;
  const isWhole = (fn: CodeFunction): boolean => fn.endLine - fn.startLine + 1 >= SAME_LINES * endLine;
  const whole = functions.find((fn) => fn.kind !== 'module' && fn.kind !== 'lines' && !fn.part && isWhole(fn));
  const nameless = { name: '', qualifiedName: '', signature: '', doc: '', startLine: 1, part: null };
  return whole ?? { ...nameless, kind: 'lines', language, code, endLine };
}

/** A method cut out of its class is set in, which some languages do not take at the top. Blank lines around it go. */
function outdented(code: string): string {
  const lines = code
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split('\n');
  const indents = lines.filter((line) => line.trim()).map((line) => /^[\t ]*/.exec(line)![0].length);
  const least = Math.min(...indents);
  return Number.isFinite(least) ? lines.map((line) => line.slice(least)).join('\n') : code;
}

function countedTerms(index: IndexReader, code: string): TermCounts {
  const terms = termsOf(code);
  const ids = index.termIds([...new Set(terms)]);
  const known = new Map<number, number>();
  for (const term of terms) {
    const id = ids.get(term);
    if (id !== undefined) known.set(id, (known.get(id) ?? 0) + 1);
  }
  return { known, total: terms.length };
}
