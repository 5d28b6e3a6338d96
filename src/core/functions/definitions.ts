/**
 * A syntax tree's definitions, through the language's query. The query runs inside the parser's own code, so only the
 * nodes that matter are ever looked at from here, and no depth of nesting is walked.
 */
import type { Node, Query, QueryMatch } from 'web-tree-sitter';
import type { LanguageTable } from '../languages/table.ts';
import { declaredName, nameText, receiverType } from './names.ts';

export type DefinitionKind = 'function' | 'class' | 'interface' | 'enum' | 'type' | 'scope';

export interface Definition {
  readonly kind: DefinitionKind;
  readonly name: string;
  /** A Go method's type; empty elsewhere. */
  readonly receiver: string;
  /** Rows from 0, both ends included; wrappers such as decorators and `export` are inside. */
  readonly startRow: number;
  readonly endRow: number;
  /** Offsets of the definition with its wrappers, and of its body, in UTF-16 units; -1 without a body. */
  readonly startIndex: number;
  readonly bodyIndex: number;
  readonly node: Node;
}

const KINDS: ReadonlySet<string> = new Set(['function', 'class', 'interface', 'enum', 'type', 'scope']);

/** In order of appearance, an enclosing definition before what it holds. */
export function definitionsOf(root: Node, query: Query, table: LanguageTable): Definition[] {
  const wrappers = new Set(table.wrappers);
  const seen = new Set<number>();
  const definitions: Definition[] = [];
  for (const match of query.matches(root)) {
    const definition = definitionOf(match, wrappers);
    if (!definition || seen.has(definition.node.id)) continue;
    seen.add(definition.node.id);
    definitions.push(definition);
  }
  return definitions.sort((a, b) => a.startIndex - b.startIndex || b.node.endIndex - a.node.endIndex);
}

function definitionOf(match: QueryMatch, wrappers: ReadonlySet<string>): Definition | null {
  const found = match.captures.find(({ name }) => KINDS.has(name));
  if (!found) return null;
  const { node } = found;
  const name = nameOf(match);
  if (!name) return null;
  const outer = wrapperOf(node, wrappers);
  const receiver = match.captures.find((capture) => capture.name === 'receiver');
  return {
    kind: found.name as DefinitionKind,
    name,
    receiver: receiver ? receiverType(receiver.node.text) : '',
    startRow: outer.startPosition.row,
    endRow: lastRow(outer),
    startIndex: outer.startIndex,
    bodyIndex: bodyOf(node)?.startIndex ?? -1,
    node,
  };
}

function nameOf(match: QueryMatch): string {
  for (const { name, node } of match.captures) {
    if (name === 'name') return nameText(node.text);
    if (name === 'declarator') return declaredName(node);
  }
  return '';
}

/** The body, of the definition itself or of the function value that it names. */
export function bodyOf(node: Node): Node | null {
  const value = node.childForFieldName('value') ?? node.childForFieldName('right');
  return node.childForFieldName('body') ?? value?.childForFieldName('body') ?? null;
}

function wrapperOf(node: Node, wrappers: ReadonlySet<string>): Node {
  if (wrappers.size === 0) return node;
  let outer = node;
  for (let parent = node.parent; parent && wrappers.has(parent.type); parent = parent.parent) outer = parent;
  return outer;
}

/** A node that ends at the start of a row (Python's blocks, some comments) ends on the row before. */
function lastRow(node: Node): number {
  const { row, column } = node.endPosition;
  return column === 0 && row > node.startPosition.row ? row - 1 : row;
}
