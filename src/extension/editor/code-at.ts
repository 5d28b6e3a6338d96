/**
 * The code that a user means: what is selected, else the function around the cursor, as the engine sees it in the text as it is
 * now, else as the editor's own outline does, else the paragraph.
 */
import { relative, sep } from 'node:path';
import { basename } from 'node:path/posix';
import * as vscode from 'vscode';
import { innermost, type Lines } from '../../core/functions/innermost.ts';
import type { ServiceClient } from '../../service/client.ts';
import type { FolderHit } from '../../service/merge.ts';
import { rangeOf, uriOf } from '../hit.ts';
import type { SimilarOrigin } from '../similar-origin.ts';
import { paragraph } from './lines.ts';

/** A hit, or a function that is none. */
export type CodePlace = Pick<FolderHit, 'folder' | 'path' | 'name' | 'startLine' | 'endLine'>;

interface CodeLines extends Lines {
  /** Absent for lines that are no function. */
  readonly name?: string;
}

/** Beyond this the text is data, and on its way to the engine and back for nothing. */
const OUTLINE_CHARS = 2_000_000;

/** Rejects when the file is gone. */
export async function originOfPlace(place: CodePlace): Promise<SimilarOrigin> {
  const { folder, path, name, startLine, endLine } = place;
  const document = await vscode.workspace.openTextDocument(uriOf(place));
  return { label: name, code: textOf(document, place), folder, path, startLine, endLine };
}

/** Null where there is no code. */
export async function originAt(client: ServiceClient, editor: vscode.TextEditor): Promise<SimilarOrigin | null> {
  const { document, selection } = editor;
  const home = homeOf(client, document.uri);
  const lines = selection.isEmpty
    ? await around(client, document, selection.active.line + 1)
    : selectedLines(selection);
  const code = selection.isEmpty ? lines && textOf(document, lines) : document.getText(selection);
  if (!lines || !code || !/[\p{L}\p{Nd}]/u.test(code)) return null;
  const { startLine, endLine, name } = lines;
  const label = name ?? labelOf(document.uri, lines);
  return { label, code, ...(home ? { ...home, startLine, endLine } : { path: basename(document.uri.path) }) };
}

/** The open folder that a file lies in, and its path there. */
export function homeOf({ folders }: ServiceClient, uri: vscode.Uri): { folder: string; path: string } | null {
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath;
  if (uri.scheme !== 'file' || !folder || !folders.some((open) => open.folder === folder)) return null;
  return { folder, path: relative(folder, uri.fsPath).replaceAll(sep, '/') };
}

/** A selection that ends before a line's first character does not reach into it. */
function selectedLines({ start, end }: vscode.Selection): CodeLines {
  const isWhole = end.character === 0 && end.line > start.line;
  return { startLine: start.line + 1, endLine: isWhole ? end.line : end.line + 1 };
}

const labelOf = ({ path }: vscode.Uri, { startLine, endLine }: Lines): string =>
  `${basename(path)}:${startLine === endLine ? startLine : `${startLine}-${endLine}`}`;

async function around(client: ServiceClient, document: vscode.TextDocument, line: number): Promise<CodeLines | null> {
  return (
    innermost(await functionsIn(client, document), line) ??
    innermost(await symbolsIn(document), line) ??
    paragraph(document.lineCount, (at) => document.lineAt(at - 1).text, line)
  );
}

/** An engine that does not answer is no reason to give up: the editor knows something, too. */
async function functionsIn(client: ServiceClient, document: vscode.TextDocument): Promise<readonly CodeLines[]> {
  const text = document.getText();
  const { folder, path } = homeOf(client, document.uri) ?? {
    folder: client.folders[0]?.folder ?? '',
    path: basename(document.uri.path),
  };
  return text.length > OUTLINE_CHARS ? [] : client.outline(folder, { path, text }).catch(() => []);
}

const FUNCTIONS: ReadonlySet<vscode.SymbolKind> = new Set([
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Constructor,
]);

async function symbolsIn({ uri }: vscode.TextDocument): Promise<readonly CodeLines[]> {
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
    'vscode.executeDocumentSymbolProvider',
    uri,
  );
  return (symbols ?? []).flatMap(functionsOf);
}

/** Outer ones first. */
function functionsOf({ name, kind, range, children = [] }: vscode.DocumentSymbol): CodeLines[] {
  const own = FUNCTIONS.has(kind) ? [{ name, startLine: range.start.line + 1, endLine: range.end.line + 1 }] : [];
  return [...own, ...children.flatMap(functionsOf)];
}

const textOf = (document: vscode.TextDocument, lines: Lines): string => document.getText(rangeOf(lines));
