/**
 * Source text → functions. A file in no known language, or whose parse runs past its time, becomes line windows; no
 * source text makes it throw.
 */
import { Parser } from 'web-tree-sitter';
import type { CodeFunction } from '../../core/code-function.ts';
import { KenningError } from '../../core/errors.ts';
import { withFirstBranches } from '../../core/functions/branches.ts';
import { functionsOf } from '../../core/functions/functions-of.ts';
import { lineWindows } from '../../core/functions/line-windows.ts';
import { withoutLongMiddles } from '../../core/functions/long-lines.ts';
import { withoutMacroWords } from '../../core/functions/macro-words.ts';
import { languageOf, PLAIN_TEXT } from '../../core/languages/registry.ts';
import type { LanguageTable } from '../../core/languages/table.ts';
import { type Grammar, openGrammars, runtimeStack } from './grammars.ts';
import { timeLimit } from './time-limit.ts';

export interface ParsedFile {
  readonly language: string;
  readonly functions: readonly CodeFunction[];
  /** Why the file was cut into line windows although its language is known. */
  readonly problem: string | null;
}

export interface SourceParser {
  /** `text`: decoded, without a byte order mark. Rejects with `cancelled` once the parser is disposed of, for nothing else. */
  parse(path: string, text: string): Promise<ParsedFile>;
  /** Texts that it can have at once without holding up the caller's thread; absent: one. */
  readonly ahead?: number;
  /** Tree-sitter has come to harm, in this thread or process for good: all that is parsed here becomes line windows. */
  readonly isBroken?: () => boolean;
  dispose(): void;
}

/** Of the process or thread: it has one tree-sitter. A trap, or memory that has run out, leaves it in no known state. */
let isRuntimeBroken = false;
const isBroken = (): boolean => isRuntimeBroken;

/** Of files at which JavaScript's stack ended: their trees, some 300 bytes a character, stay in memory. */
const MAX_GIVEN_UP_CHARS = 1_000_000;
let givenUpChars = 0;

/** Held on to, or web-tree-sitter would free them with the garbage: they were left in the midst of whatever it was. */
const givenUp: Parser[] = [];

function isStackEnd(error: unknown, text: string): boolean {
  if (!(error instanceof RangeError)) return false;
  givenUpChars += text.length;
  return givenUpChars <= MAX_GIVEN_UP_CHARS;
}

export async function createParser(grammarDir: string): Promise<SourceParser> {
  const grammars = await openGrammars(grammarDir);
  let parser = new Parser();
  let isDisposed = false;
  return {
    parse: async (path, text) => {
      const table = languageOf(path, text);
      if (!table) return windows(path, text, PLAIN_TEXT, null);
      if (isBroken()) return windows(path, text, table.id, 'the parser failed on another file');
      const grammar = await grammars.of(table);
      // A parser that is freed while its grammar loads must not be touched: its memory may be another's by now.
      if (isDisposed) throw new KenningError('cancelled', 'The engine was closed while it read a file.');
      const stackPointer = runtimeStack().pointer();
      try {
        return parseWith(parser, grammar, table, path, text);
      } catch (error) {
        givenUp.push(parser);
        if (isStackEnd(error, text)) {
          runtimeStack().setBack(stackPointer);
          parser = new Parser();
        } else isRuntimeBroken = true;
        return windows(path, text, table.id, `the parser failed: ${(error as Error).message}`);
      }
    },
    isBroken,
    dispose: () => {
      isDisposed = true;
      if (!isBroken()) parser.delete();
    },
  };
}

/** A file that no parser can be trusted with. */
export function unparsed(path: string, text: string, problem: string): ParsedFile {
  return windows(path, text, languageOf(path, text)?.id ?? PLAIN_TEXT, problem);
}

/** Throws what tree-sitter does when it fails. */
function parseWith(parser: Parser, grammar: Grammar, table: LanguageTable, path: string, text: string): ParsedFile {
  const limit = timeLimit(text.length, table.slowness);
  parser.setLanguage(grammar.language);
  const read = inPieces(readable(text, table), limit.isOver);
  const tree = parser.parse(read, null, { progressCallback: limit.isOver });
  if (!tree) parser.reset();
  const functions = tree ? functionsOf(tree.rootNode, grammar.query, table, path, text, limit.isOver) : [];
  tree?.delete();
  // A query that was stopped has found some of the definitions only.
  if (limit.wasOver()) return windows(path, text, table.id, `parsing took longer than ${limit.ms} ms`);
  return { language: table.id, functions, problem: null };
}

/** `text` as its grammar can read it, of the same length. */
function readable(text: string, { macroWords, longestLineChars, hasBranches }: LanguageTable): string {
  const whole = hasBranches ? withFirstBranches(text) : text;
  const plain = macroWords ? withoutMacroWords(whole, macroWords) : whole;
  return longestLineChars ? withoutLongMiddles(plain, longestLineChars) : plain;
}

/**
 * What a lexer reads at a time, in UTF-16 units. Between two calls of its progress callback tree-sitter may read to the end
 * of the file hundreds of times, as a grammar's own scanner does after a quote that nobody closes.
 */
const PIECE_CHARS = 2000;

/** `text` as tree-sitter asks for it, and as if it ended there once `isOver`: the tree is of no use then. */
function inPieces(text: string, isOver: () => boolean): (start: number) => string {
  return (start) => (isOver() ? '' : text.slice(start, start + PIECE_CHARS));
}

function windows(path: string, text: string, language: string, problem: string | null): ParsedFile {
  return { language, functions: lineWindows(path, text, language), problem };
}
