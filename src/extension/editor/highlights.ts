/**
 * Marks the hits that were opened, their lines and in them the words found, until they are dismissed: by command, with the
 * results, or by an edit of these lines. It follows edits elsewhere in the file.
 */
import * as vscode from 'vscode';
import type { Lines } from '../../core/functions/innermost.ts';
import type { FolderHit } from '../../service/merge.ts';
import { rangeOf, uriOf } from '../hit.ts';
import { openedHits } from '../opened-hits.ts';
import { edge, isHighContrast } from './contrast.ts';
import { afterEdit } from './lines.ts';
import { wordRanges } from './word-ranges.ts';

/** The oldest go first. */
const MOST_MARKS = 50;
/** Words of a hit that is longer are not looked for beyond. */
const MOST_LINES = 1000;

interface Mark extends Lines {
  readonly uri: string;
  readonly words: readonly string[];
  /** Nearly the whole file: its first line and its words are marked, since all lines would say nothing. */
  readonly isModule: boolean;
}

interface Decorations {
  readonly lines: vscode.TextEditorDecorationType;
  readonly words: vscode.TextEditorDecorationType;
}

export class Highlights implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable[];
  #decorations: Decorations | null = null;
  #marks: readonly Mark[] = [];

  constructor() {
    this.#subscriptions = [
      openedHits.event((hit) => this.show(hit)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#draw()),
      vscode.window.onDidChangeActiveColorTheme(() => this.#drawAnew()),
      vscode.workspace.onDidChangeTextDocument((change) => this.#follow(change)),
    ];
    // The editor keeps what an extension host before this one has said, and Escape would go on clearing nothing.
    this.#set([]);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#disposeDecorations();
  }

  /** As they stand now, for tests: `path` and lines are the document's. */
  get marks(): readonly Mark[] {
    return this.#marks;
  }

  show(hit: FolderHit): void {
    const { startLine, endLine, kind, why } = hit;
    const uri = uriOf(hit).toString();
    const others = this.#marks.filter((mark) => mark.uri !== uri || mark.startLine !== startLine);
    const mark = { uri, startLine, endLine, words: why.words, isModule: kind === 'module' };
    this.#set([...others.slice(1 - MOST_MARKS), mark]);
  }

  clear(): void {
    if (this.#marks.length > 0) this.#set([]);
  }

  #set(marks: readonly Mark[]): void {
    this.#marks = marks;
    void vscode.commands.executeCommand('setContext', 'kenning.hasHighlights', marks.length > 0);
    this.#draw();
  }

  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const uri = document.uri.toString();
    if (contentChanges.length === 0 || !this.#marks.some((mark) => mark.uri === uri)) return;
    // The last change of the text comes first, so that each can be applied to what the one before has left.
    const moved = (mark: Mark): Mark[] => {
      let lines: Lines | null = mark;
      for (const { range, text } of contentChanges)
        lines &&= afterEdit(lines, { start: range.start, end: range.end, text });
      return lines ? [{ ...mark, startLine: lines.startLine, endLine: lines.endLine }] : [];
    };
    this.#set(this.#marks.flatMap((mark) => (mark.uri === uri ? moved(mark) : [mark])));
  }

  #draw(): void {
    if (this.#marks.length === 0 && !this.#decorations) return;
    this.#decorations ??= decorations();
    const { lines, words } = this.#decorations;
    for (const editor of vscode.window.visibleTextEditors) {
      const uri = editor.document.uri.toString();
      const marks = this.#marks.filter((mark) => mark.uri === uri);
      editor.setDecorations(lines, marks.map(markedLines).map(rangeOf));
      editor.setDecorations(
        words,
        marks.flatMap((mark) => wordsIn(editor.document, mark)),
      );
    }
  }

  #drawAnew(): void {
    this.#disposeDecorations();
    this.#draw();
  }

  #disposeDecorations(): void {
    this.#decorations?.lines.dispose();
    this.#decorations?.words.dispose();
    this.#decorations = null;
  }
}

const markedLines = ({ startLine, endLine, isModule }: Mark): Lines => ({
  startLine,
  endLine: isModule ? startLine : endLine,
});

function wordsIn(document: vscode.TextDocument, { startLine, endLine, words }: Mark): vscode.Range[] {
  const end = Math.min(endLine, document.lineCount, startLine + MOST_LINES);
  const ranges: vscode.Range[] = [];
  for (let row = startLine - 1; row < end; row++) {
    for (const [from, to] of wordRanges(document.lineAt(row).text, words)) {
      ranges.push(new vscode.Range(row, from, row, to));
    }
  }
  return ranges;
}

/** For the theme that is active now. */
function decorations(): Decorations {
  const borderColor = new vscode.ThemeColor('contrastActiveBorder');
  return {
    lines: vscode.window.createTextEditorDecorationType({
      isWholeLine: true,
      backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
      overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.findMatchForeground'),
      overviewRulerLane: vscode.OverviewRulerLane.Center,
      ...edge(),
    }),
    words: vscode.window.createTextEditorDecorationType({
      backgroundColor: new vscode.ThemeColor('editor.findMatchHighlightBackground'),
      ...(isHighContrast() && { border: '1px dotted', borderColor }),
    }),
  };
}
