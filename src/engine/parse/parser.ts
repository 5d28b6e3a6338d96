/**
 * Source text → functions. A file in no known language, or whose parse runs past its time, becomes line windows; no
 * source text makes it throw.
 */
import { Parser, type Tree } from 'web-tree-sitter';
import type { CodeFunction } from '../../core/code-function.ts';
import { KenningError } from '../../core/errors.ts';
import { functionsOf } from '../../core/functions/functions-of.ts';
import { lineWindows } from '../../core/functions/line-windows.ts';
import { withoutMacroWords } from '../../core/functions/macro-words.ts';
import { languageOf, PLAIN_TEXT } from '../../core/languages/registry.ts';
import type { LanguageTable } from '../../core/languages/table.ts';
import { type Grammar, openGrammars } from './grammars.ts';

/**
 * Ordinary files parse at a third of a megabyte a second and more; what takes longer than this is pathological. Of the
 * processor, not of the clock. A file of up to 100 kB takes less than a second, whatever it holds.
 */
const PARSE_TIMEOUT_MS = { base: 400, perCharacter: 0.005, most: 3000 };

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
  dispose(): void;
}

export async function createParser(grammarDir: string): Promise<SourceParser> {
  const grammars = await openGrammars(grammarDir);
  const parser = new Parser();
  let isDisposed = false;
  return {
    parse: async (path, text) => {
      const table = languageOf(path, text);
      if (!table) return windows(path, text, PLAIN_TEXT, null);
      const longest = table.longestLineChars;
      if (longest && hasLongerLine(text, longest))
        return windows(path, text, table.id, `a line is longer than ${longest} characters`);
      const grammar = await grammars.of(table);
      // A parser that is freed while its grammar loads must not be touched: its memory may be another's by now.
      if (isDisposed) throw new KenningError('cancelled', 'The engine was closed while it read a file.');
      return parseWith(parser, grammar, table, path, text);
    },
    dispose: () => {
      isDisposed = true;
      parser.delete();
    },
  };
}

/** A file that no parser can be trusted with. */
export function unparsed(path: string, text: string, problem: string): ParsedFile {
  return windows(path, text, languageOf(path, text)?.id ?? PLAIN_TEXT, problem);
}

function parseWith(parser: Parser, grammar: Grammar, table: LanguageTable, path: string, text: string): ParsedFile {
  let tree: Tree | null = null;
  try {
    parser.setLanguage(grammar.language);
    tree = parseInTime(parser, withoutMacroWords(text, table.macroWords ?? []));
    if (!tree) return windows(path, text, table.id, `parsing took longer than ${timeoutMsOf(text)} ms`);
    return {
      language: table.id,
      functions: functionsOf(tree.rootNode, grammar.query, table, path, text),
      problem: null,
    };
  } catch (error) {
    return windows(path, text, table.id, `the parser failed: ${(error as Error).message}`);
  } finally {
    tree?.delete();
  }
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

function timeoutMsOf({ length }: string): number {
  const { base, perCharacter, most } = PARSE_TIMEOUT_MS;
  return Math.min(most, Math.round(base + length * perCharacter));
}

function parseInTime(parser: Parser, text: string): Tree | null {
  const startedAt = performance.now();
  const usedBefore = processorTime();
  // The clock is cheap to ask, but on a busy machine it says little about the file.
  const timeoutMs = timeoutMsOf(text);
  const isOver = (): boolean =>
    performance.now() - startedAt > timeoutMs && processorTime().user - usedBefore.user > timeoutMs * 1000;
  const tree = parser.parse(text, null, { progressCallback: isOver });
  if (!tree) parser.reset();
  return tree;
}

/** In microseconds; of this thread alone where Node tells it, which Node 20 does not. */
const processorTime = (): NodeJS.CpuUsage => process.threadCpuUsage?.() ?? process.cpuUsage();

function windows(path: string, text: string, language: string, problem: string | null): ParsedFile {
  return { language, functions: lineWindows(path, text, language), problem };
}
