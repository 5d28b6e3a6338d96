/** Which table a file belongs to: by its name, its extension, or its `#!` line. */
import { bash } from './bash.ts';
import { c } from './c.ts';
import { cpp } from './cpp.ts';
import { csharp } from './csharp.ts';
import { elixir } from './elixir.ts';
import { go } from './go.ts';
import { haskell } from './haskell.ts';
import { java } from './java.ts';
import { javascript, jsx } from './javascript.ts';
import { kotlin } from './kotlin.ts';
import { lua } from './lua.ts';
import { php } from './php.ts';
import { python } from './python.ts';
import { ruby } from './ruby.ts';
import { rust } from './rust.ts';
import { scala } from './scala.ts';
import { swift } from './swift.ts';
import type { LanguageTable } from './table.ts';
import { tsx, typescript } from './typescript.ts';
import { zig } from './zig.ts';

export const LANGUAGES: readonly LanguageTable[] = [
  bash,
  c,
  cpp,
  csharp,
  elixir,
  go,
  haskell,
  java,
  javascript,
  jsx,
  kotlin,
  lua,
  php,
  python,
  ruby,
  rust,
  scala,
  swift,
  typescript,
  tsx,
  zig,
];

/** The language id of a file in no known language. */
export const PLAIN_TEXT = 'text';

const BY_EXTENSION = new Map(LANGUAGES.flatMap((table) => table.extensions.map((extension) => [extension, table])));
const BY_NAME = new Map(LANGUAGES.flatMap((table) => (table.fileNames ?? []).map((name) => [name, table])));
const BY_INTERPRETER = new Map(LANGUAGES.flatMap((table) => (table.interpreters ?? []).map((name) => [name, table])));

/** What only C++ writes, in the first part of a file. */
const CPP_HEADER =
  /^[ \t]*(?:class|namespace|template|using)\b|\b(?:public|private|protected)\s*:|::|\bconstexpr\b|\bnullptr\b/m;
const HEADER_PROBE_CHARS = 20_000;

/** Null when no table fits. */
export function languageOf(path: string, text: string): LanguageTable | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const extension = name.slice(Math.max(0, name.lastIndexOf('.'))).toLowerCase();
  // Where case counts, `.C` is C++; elsewhere it may be either.
  if (extension === '.h' || name.endsWith('.C'))
    return CPP_HEADER.test(withoutComments(text.slice(0, HEADER_PROBE_CHARS))) ? cpp : c;
  return BY_NAME.get(name) ?? BY_EXTENSION.get(extension) ?? byShebang(text);
}

function byShebang(text: string): LanguageTable | null {
  if (!text.startsWith('#!')) return null;
  const words = text.slice(2, 200).split('\n', 1)[0]!.trim().split(/\s+/);
  const program = words[0]?.endsWith('/env')
    ? words.slice(1).find((word) => !word.startsWith('-') && !word.includes('='))
    : words[0];
  const base = (program ?? '').split('/').at(-1)!;
  return BY_INTERPRETER.get(base) ?? BY_INTERPRETER.get(base.replace(/[\d.]+$/, '')) ?? null;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?(?:\*\/|$)|\/\/.*$/gm, '');
}
