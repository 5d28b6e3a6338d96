/** One parsed file → its functions, types and leftovers, in order of appearance. Pure; never throws on a source text. */
import type { Node, Query } from 'web-tree-sitter';
import type { CodeFunction } from '../code-function.ts';
import type { LanguageTable } from '../languages/table.ts';
import { type Definition, definitionsOf } from './definitions.ts';
import { docAbove } from './doc-above.ts';
import { DOC_LINES } from './doc-text.ts';
import { type Docstring, docstringOf, moduledocIn } from './docstring.ts';
import { exportName, stemOf } from './file-name.ts';
import { leftoverRuns } from './leftovers.ts';
import { lastPart } from './names.ts';
import { type Outlined, outline, rowOwners } from './outline.ts';
import { pieces, statementRows, WHOLE_ROWS } from './pieces.ts';
import { signatureOf } from './signature.ts';
import { type SourceLines, sourceLines } from './source-lines.ts';

const NO_OWNER = -1;
/** Rows of documentation: they are told in `doc`, not in `code`. */
const DOC_ROW = -2;
const DOC_CHARS = 4000;
/** A definition on a row that is longer shares it with others, as in minified code, and shows but its own text. */
const SHARED_ROW_CHARS = 400;

interface File {
  readonly path: string;
  readonly source: string;
  readonly lines: SourceLines;
  readonly table: LanguageTable;
  /** Row → index of the chunk it belongs to, `NO_OWNER` or `DOC_ROW`. */
  readonly owners: Int32Array;
}

/** `isOver`: asked while definitions are looked for; once true, those that are found so far are what there is. */
export function functionsOf(
  root: Node,
  query: Query,
  table: LanguageTable,
  path: string,
  source: string,
  isOver: () => boolean,
): CodeFunction[] {
  const lines = sourceLines(source);
  const outlined = outline(definitionsOf(root, query, { table, lines, exportName: exportName(path) }, isOver), table);
  const file: File = { path, source, lines, table, owners: rowOwners(outlined, lines.count) };
  const docs = outlined.map((entry, i) => takeDoc(file, entry, i));
  const rows = rowsByOwner(file.owners, outlined.length);
  const chunks = outlined.flatMap((entry, i) => chunksOf(file, entry, rows[i]!, docs[i]!));
  chunks.push(...moduleChunks(file, rows.at(-1)!));
  return chunks.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}

/** Finds a definition's documentation, marks its rows as such, and gives it the attributes above. */
function takeDoc(file: File, entry: Outlined, index: number): string {
  const { definition, endRow, clauses } = entry;
  const { owners, table } = file;
  const inner = innerDoc(file, entry);
  if (inner && inner.startRow > definition.startRow) {
    for (let row = inner.startRow; row <= Math.min(inner.endRow, endRow); row++)
      if (owners[row] === index) owners[row] = DOC_ROW;
    return inner.text.slice(0, DOC_CHARS);
  }
  const speaking = table.joinsClauses === 'overloads' ? clauses : [definition];
  let doc = '';
  for (let i = 0; i < speaking.length && doc === ''; i++) doc = takeDocAbove(file, speaking[i]!, index);
  return doc;
}

function takeDocAbove({ owners, lines, table }: File, { startRow }: Definition, index: number): string {
  const outer = startRow > 0 ? owners[startRow - 1]! : NO_OWNER;
  const above = docAbove(lines, startRow, floorOf(owners, startRow, outer), table);
  for (const row of above.commentRows) owners[row] = DOC_ROW;
  for (const row of above.attributeRows) owners[row] = index;
  return above.text.slice(0, DOC_CHARS);
}

function innerDoc({ table, lines }: File, { definition, endRow }: Outlined): Docstring | null {
  if (table.docstrings === 'first-string') return docstringOf(definition.node);
  if (table.docstrings === 'attribute' && definition.kind === 'class')
    return moduledocIn(lines, definition.startRow, endRow, table);
  return null;
}

/** The first row above `startRow` from which on all rows belong to whatever holds the definition. */
function floorOf(owners: Int32Array, startRow: number, outer: number): number {
  const lowest = Math.max(0, startRow - DOC_LINES);
  let row = startRow;
  while (row > lowest && owners[row - 1] === outer && outer !== DOC_ROW) row--;
  return row;
}

/** Owner → its rows; the last entry holds the rows of no one. */
function rowsByOwner(owners: Int32Array, count: number): number[][] {
  const rows: number[][] = Array.from({ length: count + 1 }, () => []);
  owners.forEach((owner, row) => {
    if (owner !== DOC_ROW) rows[owner === NO_OWNER ? count : owner]!.push(row);
  });
  return rows;
}

function chunksOf(file: File, entry: Outlined, rows: readonly number[], doc: string): CodeFunction[] {
  const { definition, kind, qualifiedName, endRow, clauses } = entry;
  const own = rows.length > 0 ? rows : [definition.startRow];
  const cut = own.length > WHOLE_ROWS ? pieces(own, statementRows(clauses.map(({ node }) => node))) : [[...own]];
  const whole = { startLine: Math.min(definition.startRow, own[0]!) + 1, endLine: endRow + 1 };
  const signature = signatureOf(file.source, definition, file.table.comments.line);
  const base = { kind, language: file.table.id, name: lastPart(definition.name), qualifiedName, signature };
  if (cut.length === 1) return [{ ...base, doc, code: codeOf(file, entry, cut[0]!), ...whole, part: null }];
  return cut.map((piece, index) => ({
    ...base,
    doc: index === 0 ? doc : '',
    code: textOf(file, piece),
    startLine: piece[0]! + 1,
    endLine: piece.at(-1)! + 1,
    part: { index, count: cut.length, ...whole },
  }));
}

function codeOf(file: File, { definition, endRow }: Outlined, rows: readonly number[]): string {
  const { startRow, startIndex, node } = definition;
  const isShared = startRow === endRow && rows.length === 1 && file.lines.line(startRow).length > SHARED_ROW_CHARS;
  return isShared ? file.source.slice(startIndex, node.endIndex) : textOf(file, rows);
}

function moduleChunks(file: File, rows: readonly number[]): CodeFunction[] {
  const name = stemOf(file.path);
  return leftoverRuns(file.lines, rows, file.table).map((run) => ({
    kind: 'module' as const,
    language: file.table.id,
    name,
    qualifiedName: name,
    signature: '',
    doc: '',
    code: textOf(file, run),
    startLine: run[0]! + 1,
    endLine: run.at(-1)! + 1,
    part: null,
  }));
}

function textOf({ lines }: File, rows: readonly number[]): string {
  return rows
    .map((row) => lines.line(row))
    .join('\n')
    .trimEnd();
}
