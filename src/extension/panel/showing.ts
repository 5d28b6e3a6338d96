/** What the panel shows in the editor in the course of a visit: the active hit, the chosen one, or all as it was before. */
import * as vscode from 'vscode';
import type { FolderHit } from '../../service/merge.ts';
import { Preview } from './preview.ts';

/** Who moves in the list looks at each hit; whoever types on means another by the next letter. */
const MOVED_MS = 80;
const ANSWERED_MS = 250;
/** A click into the previewed editor hides the box too; its selection event may arrive after. */
const CLICK_MS = 60;
/** An editor that does not open, of a file on a drive that does not answer, is not waited for any longer. */
const LONGEST_MS = 3000;

export class Showing implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #preview = new Preview();
  readonly #clicks: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  /** What the user has chosen; resolves to whether a hit is there. */
  #end: Promise<boolean> | undefined;
  #isClicked = false;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#clicks = vscode.window.onDidChangeTextEditorSelection(({ kind }) => {
      if (kind === vscode.TextEditorSelectionChangeKind.Mouse) this.#isClicked = true;
    });
  }

  dispose(): void {
    this.#preview.dispose();
    this.#clicks.dispose();
  }

  /** Undefined: the active item is no hit, and the editor stays as it is. `hasMoved`: the user has chosen it. */
  soon(hit: FolderHit | undefined, hasMoved: boolean): void {
    clearTimeout(this.#timer);
    if (!hit) return;
    this.#timer = setTimeout(
      () => {
        this.#preview.show(hit).catch((error: Error) => this.#log.warn(`No preview: ${error.message}`));
      },
      hasMoved ? MOVED_MS : ANSWERED_MS,
    );
  }

  /** For good; to the side, beside what was there before. */
  open(hit: FolderHit, viewColumn?: vscode.ViewColumn): void {
    if (viewColumn !== undefined) void this.#calmly(this.#preview.restore());
    this.#end = this.#preview.open(hit, viewColumn).then(
      () => true,
      (error: Error) => {
        this.#log.warn(error.message);
        const text = vscode.l10n.t('Kenning could not open {0}: {1}', hit.path, error.message);
        void vscode.window.showWarningMessage(text);
        return false;
      },
    );
  }

  /** While the box is open: it keeps the keys, which would else meet a file that was only shown. */
  async putBack(): Promise<void> {
    clearTimeout(this.#timer);
    this.#end = this.#calmly(this.#preview.restore({ preserveFocus: true })).then(() => false);
    await inTime(this.#end);
  }

  /**
   * The box is hidden: puts the editor back unless that is done or the user has gone on in it. Resolves to whether the visit
   * has led to the active editor.
   */
  async leave(): Promise<boolean> {
    clearTimeout(this.#timer);
    return inTime(this.#end ?? this.#giveBack());
  }

  async #giveBack(): Promise<boolean> {
    await new Promise((resolve) => setTimeout(resolve, CLICK_MS));
    await this.#calmly(this.#isClicked ? this.#preview.settle() : this.#preview.restore());
    return this.#isClicked;
  }

  #calmly(work: Promise<void>): Promise<void> {
    return work.catch((error: Error) => this.#log.warn(error.message));
  }
}

/** False where it takes too long. */
async function inTime(work: Promise<boolean>): Promise<boolean> {
  const limit = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => limit.resolve(false), LONGEST_MS);
  const done = await Promise.race([work, limit.promise]);
  clearTimeout(timer);
  return done;
}
