/** Loads grammars from a folder of `.wasm` files, each with its table's query, when the first file needs them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Language, Parser, Query } from 'web-tree-sitter';
import type { LanguageTable } from '../../core/languages/table.ts';
import { keepBaselineCode } from '../wasm-compilation.ts';

export interface Grammar {
  readonly language: Language;
  readonly query: Query;
}

export interface Grammars {
  of(table: LanguageTable): Promise<Grammar>;
  dispose(): void;
}

export async function openGrammars(dir: string): Promise<Grammars> {
  keepBaselineCode();
  await Parser.init({ wasmBinary: await readFile(join(dir, 'web-tree-sitter.wasm')) });
  const languages = new Map<string, Promise<Language>>();
  const loaded = new Map<string, Promise<Grammar>>();
  const languageOf = (name: string): Promise<Language> => {
    const known = languages.get(name);
    if (known) return known;
    const language = readFile(join(dir, `tree-sitter-${name}.wasm`)).then((bytes) => Language.load(bytes));
    languages.set(name, language);
    return language;
  };
  const load = async (table: LanguageTable): Promise<Grammar> => {
    const language = await languageOf(table.grammar);
    return { language, query: new Query(language, table.query) };
  };
  return {
    of: (table) => {
      const known = loaded.get(table.id) ?? load(table);
      loaded.set(table.id, known);
      return known;
    },
    dispose: () => {
      for (const grammar of loaded.values())
        void grammar.then(
          ({ query }) => query.delete(),
          () => undefined,
        );
    },
  };
}
