/**
 * A syntax tree's definitions, through the language's query. The query runs inside the parser's own code, so only the
 * nodes that matter are ever looked at from here, and no depth of nesting is walked.
 */
import type { Node, Query, QueryMatch } from 'web-tree-sitter';
import type { LanguageTable } from '../languages/table.ts';
import { commentEndingAt } from './doc-above.ts';
import { isFunction, outermost, takingIn, wrappersIn } from './matches.ts';
import { declaredName, folded, namesAmong, nameText, receiverType, typeHeads } from './names.ts';
import type { SourceLines } from './source-lines.ts';

export type DefinitionKind = 'function' | 'class' | 'interface' | 'enum' | 'type' | 'scope';

export interface Definition {
  readonly kind: DefinitionKind;
  readonly name: string;
  /** A Go method's type; empty elsewhere. */
  readonly receiver: string;
  /** Rows from 0, both ends included; wrappers such as decorators and `export` are inside. */
  readonly startRow: number;
  readonly endRow: number;
  /**
   * Offsets, in UTF-16 units: of the definition with its wrappers, of its head, which is behind decorators and
   * attributes, and of its body, -1 without one.
   */
  readonly startIndex: number;
  readonly headIndex: number;
  readonly bodyIndex: number;
  readonly node: Node;
}

/** The file that a tree is of. */
export interface DefiningFile {
  readonly table: LanguageTable;
  readonly lines: SourceLines;
  /** What is exported without a name is called so. */
  readonly exportName: string;
}

const KINDS: ReadonlySet<string> = new Set(['function', 'class', 'interface', 'enum', 'type', 'scope']);

/** In order of appearance, an enclosing definition before what it holds. */
export function definitionsOf(root: Node, query: Query, file: DefiningFile, isOver: () => boolean): Definition[] {
  const seen = new Set<number>();
  const definitions: Definition[] = [];
  const matches = query.matches(root, { progressCallback: isOver });
  const wrappers = wrappersIn(matches);
  const taking = takingIn(matches);
  // Of patterns that fit one node the table's first wins; matches come as they were completed.
  for (const match of matches.sort((a, b) => a.patternIndex - b.patternIndex)) {
    if (!isFunction(match, taking)) continue;
    const definition = definitionOf(match, wrappers, file);
    if (!definition || seen.has(definition.node.id)) continue;
    seen.add(definition.node.id);
    definitions.push(definition);
  }
  return definitions.sort(
    (a, b) => a.startIndex - b.startIndex || a.node.startIndex - b.node.startIndex || b.node.endIndex - a.node.endIndex,
  );
}

function definitionOf(
  match: QueryMatch,
  wrappers: ReadonlyMap<number, Node>,
  { table, lines, exportName }: DefiningFile,
): Definition | null {
  const found = match.captures.find(({ name }) => KINDS.has(name));
  if (!found) return null;
  const { node } = found;
  const name = nameOf(match, exportName);
  if (!name) return null;
  const outer = outermost(node, wrappers);
  const receiver = match.captures.find((capture) => capture.name === 'receiver');
  return {
    kind: found.name as DefinitionKind,
    name,
    receiver: receiver ? receiverType(receiver.node.text) : '',
    startRow: outer.startPosition.row,
    endRow: lastRow(outer, lines, table),
    startIndex: outer.startIndex,
    headIndex: headOf(outer).startIndex,
    bodyIndex: bodyOf(node)?.startIndex ?? -1,
    node,
  };
}

/** A name that says nothing of what bears it. */
const WHOLE_EXPORT = 'module.exports';

function nameOf(match: QueryMatch, exportName: string): string {
  const of = match.captures.find(({ name }) => name === 'of');
  for (const { name, node } of match.captures) {
    if (name === 'word') return wordsOf(match);
    if (name === 'unnamed') return exportName;
    if (name === 'arguments') return namesAmong(node.text);
    if (name === 'name' && node.text === WHOLE_EXPORT) return exportName;
    if (name === 'name') return [nameText(node.text), ...(of ? typeHeads(of.node) : [])].join('.');
    if (name === 'declarator') return declaredName(node);
  }
  return '';
}

function wordsOf({ captures }: QueryMatch): string {
  const words = captures.filter(({ name }) => name === 'word');
  return folded(words.map(({ node }) => node.text).join(' '));
}

/** The body, of the definition itself or of the function value that it names. */
export function bodyOf(node: Node): Node | null {
  const value = node.childForFieldName('value') ?? node.childForFieldName('right');
  return node.childForFieldName('body') ?? value?.childForFieldName('body') ?? unnamedBody(node);
}

/** Some grammars (Kotlin's, Elixir's) make the body the last child and no field. */
function unnamedBody(node: Node): Node | null {
  const last = node.lastNamedChild;
  return last && /_body$|^(?:do_)?block$/.test(last.type) ? last : null;
}

/** What decorates a definition from within its node, and what is said of it there. */
const ATTRIBUTES: ReadonlySet<string> = new Set([
  'annotation',
  'attribute',
  'attribute_list',
  'block_comment',
  'comment',
  'decorator',
  'line_comment',
  'marker_annotation',
]);

/** The node with which the head starts; modifiers hold annotations and key words alike. */
function headOf(outer: Node): Node {
  let first = outer.firstChild;
  while (first && ATTRIBUTES.has(first.type)) first = first.nextSibling;
  if (first?.type !== 'modifiers') return first ?? outer;
  return first.children.find((child) => child && !ATTRIBUTES.has(child.type)) ?? first.nextSibling ?? outer;
}

/** Where layout closes a block, its node reaches over blank lines and comments up to what follows. */
function lastRow(node: Node, lines: SourceLines, table: LanguageTable): number {
  const first = node.startPosition.row;
  const { row: last, column } = node.endPosition;
  if (last === first || lines.line(last).slice(0, column).trim() !== '') return last;
  let row = last - 1;
  while (row > first) {
    const start = lines.line(row).trim() === '' ? row : commentEndingAt(lines, row, first + 1, table);
    if (start === null) break;
    row = start - 1;
  }
  return row;
}
