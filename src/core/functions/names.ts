/** Names as people write them, out of what grammars call names. */
import type { Node } from 'web-tree-sitter';

const NAME_CHARS = 120;
/** What is read of a text to find a name in it. */
const TEXT_CHARS = 2000;
/** Pointers, references, arrays, parentheses: no declarator chain of real code is longer. */
const DECLARATORS = 16;

/** `module.exports.parse` → `parse`, `A::B` → `A.B`, `"a-b"` → `a-b`, `Vec<T>` → `Vec`. */
export function nameText(text: string): string {
  const plain = withoutTypeArguments(text)
    .replace(/::/g, '.')
    .replace(/:/g, '.')
    .replace(/^(?:module\.)?exports\.|^(?:self|this|_G)\./, '')
    .replace(/\.prototype\./, '.')
    .replace(/^['"`[]+(?=[^\]])|(?<=[^[])['"`\]]+$/g, '')
    .replace(/^\((\W+)\)$/, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.slice(0, NAME_CHARS);
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
  for (let i = 0; i < DECLARATORS && node; i++) {
    const inner: Node | null = node.childForFieldName('declarator') ?? parenthesised(node);
    if (!inner) break;
    node = inner;
  }
  return operatorSafe(node?.text ?? '');
}

function parenthesised(node: Node): Node | null {
  return node.type.includes('parenthesized') || node.type === 'reference_declarator' ? node.firstNamedChild : null;
}

/** `operator<` must not lose its `<` to the template rule. */
function operatorSafe(text: string): string {
  return /\boperator\b/.test(text)
    ? text.replace(/::/g, '.').replace(/\s+/g, ' ').slice(0, NAME_CHARS)
    : nameText(text);
}

/** `(s *Server[T])` → `Server`. */
export function receiverType(text: string): string {
  return text.replace(/\[[^\]]*\]/g, '').match(/(\w+)\s*\)?\s*$/)?.[1] ?? '';
}
