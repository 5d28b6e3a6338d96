/** What keys and clicks in the panel do: Enter, the buttons of hits and of the title. What they lead to, others do. */
import * as vscode from 'vscode';
import type { FolderHit } from '../../service/merge.ts';
import { placeOf } from '../hit.ts';
import type { SimilarOrigin } from '../similar-origin.ts';
import type { Asking } from './asking.ts';
import type { Board } from './board.ts';
import { actionOf, FORGET, type HitAction, type ScopeButton, SEND_TO_SIDE_BAR } from './buttons.ts';
import type { Inquiry } from './inquiry.ts';
import { isHit, type PanelItem } from './items.ts';
import type { QueryHistory } from './query-history.ts';
import type { Scope } from './scope.ts';
import type { Showing } from './showing.ts';

/** What a key or a click may ask of the visit. */
export interface Visit {
  readonly explained: FolderHit | null;
  setQuery(query: string): void;
  setOrigin(origin: SimilarOrigin): void;
  setScope(scope: Scope): void;
  explain(hit: FolderHit | null): void;
  back(): void;
  draw(): void;
  /** Puts the editor back and goes; `onward` leads elsewhere before the editor gets the keys. */
  leave(onward?: () => unknown): Promise<void>;
}

export interface PressingParts {
  readonly visit: Visit;
  readonly quickPick: vscode.QuickPick<PanelItem>;
  readonly history: QueryHistory;
  readonly asking: Asking;
  readonly inquiry: Inquiry;
  readonly board: Board;
  readonly showing: Showing;
  /** With the keys on the hit, if it is there. */
  showInSideBar(hit: FolderHit | undefined): Promise<void>;
}

export class Pressing {
  readonly #parts: PressingParts;
  #isEnterWaiting = false;

  constructor(parts: PressingParts) {
    this.#parts = parts;
  }

  /** Enter right after a key stroke is meant for the answer to what is typed, which may be on its way. */
  enter(): void {
    const { quickPick, asking, inquiry, board } = this.#parts;
    asking.touch();
    const { active, first } = board;
    const isOnTheWay = quickPick.busy || !asking.isAsked(inquiry.question);
    const isChosen = active && (active !== first || 'completion' in active);
    if (isOnTheWay && !isChosen) this.#isEnterWaiting = true;
    else if (active) this.#accept(active);
  }

  /** The user has gone on: no answer is to open anything under their hands. */
  stopWaiting(): void {
    this.#isEnterWaiting = false;
  }

  /** An answer is drawn. Says whether that was what Enter had waited for, and opens its best hit then. */
  enterIfWaiting(): boolean {
    const wasWaiting = this.#isEnterWaiting;
    this.stopWaiting();
    const { first } = this.#parts.board;
    if (!wasWaiting || !isHit(first)) return false;
    this.#accept(first);
    return true;
  }

  pressTitle(button: vscode.QuickInputButton): void {
    const { asking, visit } = this.#parts;
    asking.touch();
    if (button === vscode.QuickInputButtons.Back) visit.back();
    else if (button === SEND_TO_SIDE_BAR) void this.sendToSideBar();
    else if ('scope' in button) visit.setScope((button as ScopeButton).scope);
  }

  press(item: PanelItem, button: vscode.QuickInputButton): void {
    const { asking, history, visit } = this.#parts;
    asking.touch();
    if (button === FORGET && 'recent' in item) {
      history.remove(item.recent);
      visit.draw();
    }
    const action = actionOf(button);
    if (action && isHit(item)) this.act(action, item.hit);
  }

  /** With the active hit unless another is given; nothing where there is none. */
  act(action: HitAction, hit: FolderHit | undefined = this.#parts.board.activeHit): void {
    const { visit } = this.#parts;
    if (action === 'why') visit.explain(visit.explained ? null : (hit ?? null));
    else if (!hit) return;
    else if (action === 'side') this.#open(hit, vscode.ViewColumn.Beside);
    else if (action === 'copy') void vscode.env.clipboard.writeText(placeOf(hit));
    else void vscode.commands.executeCommand('kenning.findSimilar', hit);
  }

  /** The answer is there already; this goes to it. */
  sendToSideBar(): Promise<void> {
    const { visit, board, showInSideBar } = this.#parts;
    const hit = visit.explained ?? board.activeHit;
    return visit.leave(() => showInSideBar(hit));
  }

  #accept(item: PanelItem): void {
    const { visit } = this.#parts;
    if (isHit(item)) this.#open(item.hit);
    else if ('instead' in item) visit.setOrigin(item.instead);
    else if ('reason' in item) visit.explain(null);
    else if ('completion' in item) visit.setQuery(item.completion.value);
    else if ('recent' in item) visit.setQuery(item.recent);
    else if ('command' in item) {
      const run = (): unknown => vscode.commands.executeCommand(item.command, ...(item.arguments ?? []));
      if (item.leaves) void visit.leave().then(run);
      else void run();
    }
  }

  #open(hit: FolderHit, viewColumn?: vscode.ViewColumn): void {
    const { asking, history, quickPick, showing } = this.#parts;
    if ('text' in asking.answered) history.note(asking.answered.text);
    quickPick.hide();
    showing.open(hit, viewColumn);
  }
}
