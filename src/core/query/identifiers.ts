/** The identifiers that a question names, told from ordinary words, file names and abbreviations by their form. */
import { isPlainText } from '../text/plain-text.ts';

const PART = '[\\p{L}_$@][\\p{L}\\p{M}\\p{Nd}_$]*';
const JOINT = '(?:\\.|::|#|->|\\\\)';
const SYMBOL = new RegExp(`^(?:::)?(${PART}(?:${JOINT}${PART})*[?!]?)(?:\\([^)]*\\)?)?$`, 'u');
/** Not in the middle of a word, a path, a number or an address. */
const NAMED = new RegExp(
  `(?<![\\p{L}\\p{M}\\p{Nd}_$@/-]|[\\p{Nd}\\p{L}]\\.)\`?(${PART}(?:${JOINT}${PART})*[?!]?)(?![\\p{L}\\p{Nd}_@/-])(\`|\\((?!e?s\\)))?`,
  'gu',
);
const JOINTS = new RegExp(JOINT, 'u');

/** Last parts of file names, of addresses and of products. */
const FILE_ENDS: ReadonlySet<string> = new Set(
  (
    'bat c cc cfg cjs com conf cpp cs css csv cts dll dev env ex exe exs gif go gz h hpp hs html ini io ipynb jar java jpg js JS jsx ' +
    'kt lock log lua md mjs mts net NET org pdf php png py pyi rb rs rst scala sh so sql svg swift toml ts tsx txt vue wasm ' +
    'xml yaml yml zig zip'
  ).split(' '),
);
/** Words of prose with inner capitals. */
const PROSE: ReadonlySet<string> = new Set(
  (
    'AsciiDoc BitBucket CentOS CoffeeScript DevOps GitHub GitLab GraphQL JavaScript LaTeX LinkedIn MacOS MongoDB MySQL NaN NoSQL ' +
    'NumPy OAuth OpenAI OpenAPI OpenGL OpenID OpenSSL PayPal PostgreSQL PowerShell PyPI PyTorch RabbitMQ SQLite TypeScript ' +
    'VSCode WebGL WiFi WordPress YouTube gRPC iOS iPad iPhone macOS'
  ).split(' '),
);

/**
 * Parts of every identifier that is named, in order, each once: `app.set` → `['app', 'set']`. A word that could be prose is
 * one only where `text` is that word alone, or where backticks or a call's parenthesis mark it.
 */
export function identifiersIn(text: string): string[][] {
  if (isPlainText(text)) return [];
  const alone = identifierChain(text.trim());
  if (alone) return [alone];
  const found = new Map<string, string[]>();
  const trimmed = text.trimEnd();
  for (const { 0: whole, 1: name, 2: mark, index } of trimmed.matchAll(NAMED)) {
    const ends = index + whole.length === trimmed.length;
    // The question's own mark.
    const chain = partsOf(ends ? name!.replace(/\?$/, '') : name!);
    const marked = mark === '(' || (mark === '`' && whole.startsWith('`'));
    if (marked ? isIdentifier(chain) : isCompound(chain)) found.set(chain.join(' '), chain);
  }
  return [...found.values()];
}

/** The parts of a text that is nothing but one identifier, a plain word included; null for anything else. */
export function identifierChain(text: string): string[] | null {
  const name = SYMBOL.exec(text)?.[1];
  if (!name) return null;
  const chain = partsOf(name);
  return isIdentifier(chain) ? chain : null;
}

const partsOf = (name: string): string[] => name.split(JOINTS);

/** Letters without case come as whole sentences. */
function isIdentifier(chain: readonly string[]): boolean {
  return chain.every((part) => /\p{L}/u.test(part) && !/\p{Lo}/u.test(part)) && !isFileOrShort(chain);
}

function isCompound(chain: readonly string[]): boolean {
  if (!isIdentifier(chain)) return false;
  return chain.length > 1 ? !/[?!]$/.test(chain[0]!) : isCompoundWord(chain[0]!);
}

/** `config.yml`, `Node.js`; `e.g.` */
function isFileOrShort(chain: readonly string[]): boolean {
  return chain.length > 1 && (FILE_ENDS.has(chain.at(-1)!) || chain.every((part) => part.length === 1));
}

/** snake_case, camelCase, HTTPServer; `$x`, `@name`, `__init__`. Digits alone make none: `utf8`, `v2`. */
function isCompoundWord(word: string): boolean {
  if (PROSE.has(word.replace(/[?!]$/, ''))) return false;
  return /^[_$@]|\p{L}_|_\p{L}|\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}{2}/u.test(word);
}
