/**
 * Shows hits in the editor while the search box keeps the focus, and puts everything back when the user gives up:
 * editor, selection, scroll position, and no tab left behind.
 */
import * as vscode from 'vscode';
import type { FolderHit } from '../../service/merge.ts';
import { edge } from '../editor/contrast.ts';
import { rangeOf, startOf, uriOf } from '../hit.ts';
import { openedHits } from '../opened-hits.ts';
import { fileInFront } from './place.ts';

/** What the user came from. */
interface Origin {
  /** What its tab holds: of a diff both sides, of which the editor's document is one. */
  readonly input: unknown;
  readonly label: string;
  readonly options: vscode.TextDocumentShowOptions;
  readonly uri: vscode.Uri;
  /** Absent where the file was still being opened. */
  readonly place?: { readonly selections: readonly vscode.Selection[]; readonly firstLine: number };
}

export class Preview implements vscode.Disposable {
  readonly #highlight = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.rangeHighlightForeground'),
    ...edge(),
  });
  readonly #origin = captureOrigin();
  /** Tabs that were open before, by document. */
  readonly #tabsBefore = new Set(allTabs().map(keyOfTab));
  readonly #filesBefore = new Set(allTabs().map(uriOfTab));
  /** Where the editor is told to make no preview tabs, each of them has a lasting one. */
  readonly #passed = new Set<string>();
  #highlighted: vscode.TextEditor | null = null;
  #shown = 0;
  #queue: Promise<void> = Promise.resolve();

  /** Only the newest of several hits asked for in a row is shown. Rejects when its file cannot be opened. */
  show(hit: FolderHit): Promise<void> {
    const id = ++this.#shown;
    return this.#enqueue(async () => {
      if (id !== this.#shown) return;
      const uri = uriOf(hit);
      this.#passed.add(uri.toString());
      // Opened there, a file does not show its top first. In one that was open the cursor's place is the user's.
      const selection = this.#filesBefore.has(uri.toString()) ? {} : { selection: startOf(hit) };
      const editor = await vscode.window.showTextDocument(uri, { preview: true, preserveFocus: true, ...selection });
      if (id !== this.#shown) return;
      this.#clearHighlight();
      revealBelowBox(editor, hit);
      editor.setDecorations(this.#highlight, [rangeOf(hit)]);
      this.#highlighted = editor;
    });
  }

  /** Opens the hit for good, its first line selected as the cursor's place. */
  open(hit: FolderHit, viewColumn = vscode.ViewColumn.Active): Promise<void> {
    this.#shown++;
    return this.#enqueue(async () => {
      this.#clearHighlight();
      const editor = await vscode.window.showTextDocument(uriOf(hit), {
        viewColumn,
        preview: vscode.workspace.getConfiguration('workbench.editor').get('enablePreviewFromQuickOpen', false),
        selection: startOf(hit),
      });
      editor.revealRange(rangeOf(hit), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
      openedHits.fire(hit);
      const opened = editor.document.uri.toString();
      // The hit is there, whatever becomes of the others.
      await this.#closePassed((tab) => uriOfTab(tab) === opened).catch(() => undefined);
    });
  }

  /** The user goes on in what is shown: of the hits before it nothing is left. */
  settle(): Promise<void> {
    this.#shown++;
    return this.#enqueue(() => this.#closePassed(({ isActive }) => isActive));
  }

  /** As if nothing had been shown. Whoever has the keys may keep them. */
  restore({ preserveFocus = false } = {}): Promise<void> {
    const wasShown = this.#shown > 0;
    this.#shown++;
    return this.#enqueue(async () => {
      this.#clearHighlight();
      if (!wasShown) return;
      if (this.#origin) await showOrigin(this.#origin, preserveFocus);
      await this.#closePassed(() => false);
    });
  }

  dispose(): void {
    this.#highlight.dispose();
  }

  /** Closes the tabs that the visit has opened, but for those that stay. */
  async #closePassed(stays: (tab: vscode.Tab) => boolean): Promise<void> {
    const isOurs = (tab: vscode.Tab): boolean => tab.isPreview || this.#passed.has(uriOfTab(tab) ?? '');
    const ours = allTabs().filter((tab) => isOurs(tab) && !this.#tabsBefore.has(keyOfTab(tab)) && !tab.isDirty);
    const passed = ours.filter((tab) => !stays(tab));
    if (passed.length > 0) await vscode.window.tabGroups.close(passed, true);
  }

  /** One after the other: an editor that is still opening must not overtake a later wish. */
  #enqueue(step: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(step);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  #clearHighlight(): void {
    this.#highlighted?.setDecorations(this.#highlight, []);
    this.#highlighted = null;
  }
}

/** The box covers the editor's upper part, and a little more than half of it in a small window. */
const BOX_SHARE = 0.6;

function revealBelowBox(editor: vscode.TextEditor, hit: FolderHit): void {
  const [visible] = editor.visibleRanges;
  const lines = visible ? visible.end.line - visible.start.line : 0;
  const top = Math.max(0, hit.startLine - 1 - Math.floor(BOX_SHARE * lines));
  editor.revealRange(new vscode.Range(top, 0, top, 0), vscode.TextEditorRevealType.AtTop);
}

function captureOrigin(): Origin | null {
  const editor = vscode.window.activeTextEditor;
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  const uri = fileInFront();
  // Just after its tab was closed an editor may still pass for the active one.
  if (!uri || !tab) return null;
  const place = editor && { selections: editor.selections, firstLine: editor.visibleRanges[0]?.start.line ?? 0 };
  return {
    input: tab.input,
    label: tab.label,
    // Of an editor within a diff the editor tells no column.
    options: { preview: tab.isPreview, viewColumn: tab.group.viewColumn },
    uri,
    ...(place && { place }),
  };
}

async function showOrigin(origin: Origin, preserveFocus: boolean): Promise<void> {
  const { uri, place } = origin;
  const editor = await showTab({ ...origin, options: { ...origin.options, preserveFocus } });
  if (!place || editor?.document.uri.toString() !== uri.toString()) return;
  const { selections, firstLine } = place;
  editor.selections = selections;
  editor.revealRange(new vscode.Range(firstLine, 0, firstLine, 0), vscode.TextEditorRevealType.AtTop);
}

/** A notebook and the like shows itself once the previews are gone; an editor of a document in it would be one more tab. */
async function showTab({ input, label, options, uri }: Origin): Promise<vscode.TextEditor | undefined> {
  if (input instanceof vscode.TabInputText) return vscode.window.showTextDocument(input.uri, options);
  if (!(input instanceof vscode.TabInputTextDiff)) return undefined;
  await vscode.commands.executeCommand('vscode.diff', input.original, input.modified, label, options);
  // The side that has the focus is the modified one, whichever it was.
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const shown = [activeTextEditor, ...visibleTextEditors];
  return shown.find((editor) => editor?.document.uri.toString() === uri.toString());
}

const allTabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);

function uriOfTab({ input }: vscode.Tab): string | undefined {
  return input instanceof vscode.TabInputText ? input.uri.toString() : undefined;
}

const keyOfTab = (tab: vscode.Tab): string => `${tab.group.viewColumn}\0${uriOfTab(tab) ?? tab.label}`;
