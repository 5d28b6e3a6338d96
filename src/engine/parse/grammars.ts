/**
 * Loads grammars from a folder of `.wasm` files, each with its table's query, when the first file needs them. A process
 * has one tree-sitter, and code that was loaded into it stays: all parsers share it, and each grammar is loaded once.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Language, Parser, Query } from 'web-tree-sitter';
import type { LanguageTable } from '../../core/languages/table.ts';
import { keepBaselineCode } from '../wasm-compilation.ts';

/** Belongs to the process: never to be deleted. */
export interface Grammar {
  readonly language: Language;
  readonly query: Query;
}

export interface Grammars {
  of(table: LanguageTable): Promise<Grammar>;
}

/** By folder. */
const opened = new Map<string, Promise<Grammars>>();

export function openGrammars(dir: string): Promise<Grammars> {
  return once(opened, dir, () => open(dir));
}

async function open(dir: string): Promise<Grammars> {
  keepBaselineCode();
  // Two calls under way at once would make two modules, and what came of the first be read in the second's memory.
  await Parser.init({ wasmBinary: await readFile(join(dir, 'web-tree-sitter.wasm')) });
  const languages = new Map<string, Promise<Language>>();
  const loaded = new Map<string, Promise<Grammar>>();
  const languageOf = (name: string): Promise<Language> =>
    once(languages, name, async () => Language.load(await readFile(join(dir, `tree-sitter-${name}.wasm`))));
  const load = async (table: LanguageTable): Promise<Grammar> => {
    const language = await languageOf(table.grammar);
    return { language, query: new Query(language, table.query) };
  };
  return { of: (table) => once(loaded, table.id, () => load(table)) };
}

/** What has failed is tried anew by the next one who asks. */
function once<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const found = known.get(key);
  if (found) return found;
  const made = make();
  known.set(key, made);
  made.catch(() => known.delete(key));
  return made;
}
