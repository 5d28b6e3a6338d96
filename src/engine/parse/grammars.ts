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

/**
 * Tree-sitter's own stack, in its memory. What JavaScript ends in its midst, as recursion without bounds is, leaves the
 * pointer where it was: to be set back, or little by little there is no stack left.
 */
export interface RuntimeStack {
  readonly pointer: () => number;
  readonly setBack: (pointer: number) => void;
}

/**
 * It comes with 64 kB, and what needs more writes over the data below it without anyone noticing: a hostile file of 27 kB
 * did so. With this much JavaScript's own stack, of 1 MB, or 4 MB in a thread, ends first, and that is an error like any
 * other. What is not used takes no memory.
 */
const STACK_BYTES = 32 * 2 ** 20;

/**
 * Of tree-sitter's memory, in pages of 64 kB: 32 MB to begin with, and no more than 384. Source files as people write them
 * need 70 at most, those of a megabyte included; what is ambiguous enough, 20 kB of `a => ` for one, takes 2 GB in one step
 * that asks nobody, and fails now after some hundred milliseconds.
 */
const MEMORY_PAGES = { initial: 512, maximum: 6144 };

let runtime: Readonly<Record<string, unknown>>;

/** Once `openGrammars` has answered. */
export const runtimeStack = (): RuntimeStack => ({
  pointer: runtime.emscripten_stack_get_current as () => number,
  setBack: runtime._emscripten_stack_restore as (pointer: number) => void,
});

let hasGrown = false;

function growStack(): void {
  hasGrown = true;
  const bottom = (runtime.malloc as (bytes: number) => number)(STACK_BYTES);
  if (bottom > 0) runtimeStack().setBack(bottom + STACK_BYTES - (bottom % 16));
}

/** By folder. */
const opened = new Map<string, Promise<Grammars>>();

export function openGrammars(dir: string): Promise<Grammars> {
  return once(opened, dir, () => open(dir));
}

async function open(dir: string): Promise<Grammars> {
  keepBaselineCode();
  // Two calls under way at once would make two modules, and what came of the first be read in the second's memory.
  const bytes = await readFile(join(dir, 'web-tree-sitter.wasm'));
  await Parser.init({
    wasmMemory: new WebAssembly.Memory(MEMORY_PAGES),
    instantiateWasm: (imports: object, take: Take) => instantiate(bytes, imports, take),
  });
  if (!hasGrown) growStack();
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

type Take = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;

function instantiate(bytes: Uint8Array<ArrayBuffer>, imports: object, take: Take): object {
  const module = new WebAssembly.Module(bytes);
  const instance = new WebAssembly.Instance(module, imports);
  runtime = instance.exports;
  take(instance, module);
  return runtime;
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
