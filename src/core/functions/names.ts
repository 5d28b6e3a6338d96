/** Names as people write them, out of what grammars call names. */
import type { Node } from 'web-tree-sitter';

const NAME_CHARS = 120;
/** What is read of a text to find a name in it. */
const TEXT_CHARS = 2000;
/** Pointers, references, arrays, parentheses: no declarator chain of real code is longer. */
const DECLARATORS = 16;

/** What a grammar that lost its way may take for a part of a name. */
const KEYWORDS =
  /^(?:namespace|class|struct|union|enum|template|typename|const|mut|dyn|impl|static|inline|constexpr|public|private|protected|function|fn|return|noexcept)$/;
const IDENTIFIER = "~?[\\p{L}_$][\\p{L}\\p{M}\\p{N}_$]*[?!=']*";
const DOTTED = `${IDENTIFIER}(?:\\.${IDENTIFIER})*`;
const ONLY_DOTTED = new RegExp(`^${DOTTED}$`, 'u');
const ALL_DOTTED = new RegExp(DOTTED, 'gu');

/** `module.exports.parse` → `parse`, `A::B` → `A.B`, `"a-b"` → `a-b`, `Vec<T>` → `Vec`, `t["k"]` → `t.k`. */
export function nameText(text: string): string {
  const own = text
    .slice(0, TEXT_CHARS)
    .trim()
    .replace(/^(?:module\.)?exports(?:\.|(?=\[))|^(?:self|this|_G)\./, '');
  const inner = /^@?(["'`])(?<quoted>.+)\1$|^\[(?<key>.+)\]$/s.exec(own)?.groups;
  if (inner?.quoted) return folded(inner.quoted);
  if (inner?.key) return nameText(isOneString(inner.key) ? inner.key : inner.key.replace(/["'`]/g, ' '));
  const plain = withoutTypeArguments(own)
    .replace(/^::?(?=\w)/, '')
    .replace(/(?<=[\w)>])::?(?=[\w~])/g, '.')
    .replace(/\.prototype(?=\.|$)/, '')
    .replace(/(?<=[\w\]])\[(?:([A-Za-z_]\w*)|(["'`])([^"'`\]]+)\2)\]/g, '.$1$3')
    .replace(/^\((\W+)\)$/, '$1');
  return namesIn(plain);
}

const isOneString = (text: string): boolean => /^(["'`])(?:(?!\1).)+\1$/s.test(text);

export function folded(text: string): string {
  return text.slice(0, TEXT_CHARS).replace(/\s+/g, ' ').trim().slice(0, NAME_CHARS);
}

/**
 * Where macros misled the grammar, or a type stands for a name, the text is more than a name. Its last name before a body
 * or a list is taken, of `(A, B)` the first. Operators, and names of characters that few languages allow, stay.
 */
function namesIn(text: string): string {
  if (ONLY_DOTTED.test(text) || !/[\p{L}_]/u.test(text) || !/[\s()[\]{},;&*"']/.test(text)) return folded(text);
  const plain = folded(text.replace(/\/\*[\s\S]*?(?:\*\/|$)|\/\/.*|<[^<>]*>|'[a-z_]\w*\b(?!')/g, ' '));
  const isTuple = plain.startsWith('(');
  const head = isTuple ? plain : plain.replace(/(?<=[\w\s])(?:[({[=;]|:\s).*$/, '');
  const names = (head.match(ALL_DOTTED) ?? []).filter((name) => !KEYWORDS.test(name));
  return (isTuple ? names[0] : names.at(-1)) ?? '';
}

/** `Pool<Clock>::stop` → `Pool::stop`: arguments nest, so the innermost go first. */
function withoutTypeArguments(text: string): string {
  let plain = text.slice(0, TEXT_CHARS);
  for (let i = 0; i < DECLARATORS && /\w<[^<>]*>/.test(plain); i++) plain = plain.replace(/(?<=\w)<[^<>]*>/g, '');
  return plain.replace(/(?<=\w)<.*$/s, '');
}

/** The name at the end of a chain of C declarators: `*(*f(int))[3]` → `f`; operators and destructors keep their text. */
export function declaredName(declarator: Node): string {
  let node: Node | null = declarator;
  for (let i = 0; i < DECLARATORS && node && node.type !== 'operator_cast'; i++) {
    const inner: Node | null = node.childForFieldName('declarator') ?? parenthesised(node);
    if (!inner) break;
    node = inner;
  }
  return node ? operatorSafe(node) : '';
}

function parenthesised(node: Node): Node | null {
  return node.type.includes('parenthesized') || node.type === 'reference_declarator' ? node.firstNamedChild : null;
}

/** `operator<` must not lose its `<` to the template rule; `operator T*() const` converts, so its type is its name. */
function operatorSafe(node: Node): string {
  const text = node.text.slice(0, TEXT_CHARS);
  if (/\bnamespace\s/.test(text)) return '';
  if (!/\boperator\b/.test(text)) return nameText(text);
  const name = text.replace(/::/g, '.');
  if (!/\boperator\s+[A-Za-z_:]/.test(name)) return folded(name);
  return folded(withoutTypeArguments(name).replace(/(?<=operator\b.*)\s*\(.*$/s, ''));
}

/** `(Suite, Name)` → `Suite.Name`: a macro's arguments, of which only words can be names. */
export function namesAmong(args: string): string {
  const words = args.slice(1, TEXT_CHARS).replace(/\)$/, '').split(',');
  return folded(
    words
      .map((word) => word.trim())
      .filter((word) => /^[A-Za-z_]\w*$/.test(word))
      .join('.'),
  );
}

/** `(s *Server[T])` → `Server`. */
export function receiverType(text: string): string {
  return (
    text
      .slice(0, TEXT_CHARS)
      .replace(/\[[^\]]*\]/g, '')
      .match(/(\w+)\s*\)?\s*$/)?.[1] ?? ''
  );
}

/** `Class.method` → `method`; the dots of an operator such as `.=` part nothing. */
export function lastPart(name: string): string {
  return name.replace(/^(?:[\p{L}\p{M}\p{N}_$?!']+\.)+(?=.)/u, '');
}

/** Of each type its outermost name, `(Map.Map k v)` → `Map`; lists, tuples and variables have none. */
export function typeHeads(types: Node): string[] {
  const heads = types.namedChildren.map((type) => /^\(*(?:\p{Lu}[\w']*\.)*(\p{Lu}[\w']*)/u.exec(type.text)?.[1] ?? '');
  return heads.filter(Boolean);
}
