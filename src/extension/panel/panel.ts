/**
 * The search box: takes what the user types and presses, lists what comes back. One visit lasts from the key press to
 * Enter or Escape. What is asked is `asking.ts`'s business, what is listed `sheet.ts`'s, what keys and buttons do
 * `pressing.ts`'s, what the editor shows `showing.ts`'s.
 */
import * as vscode from 'vscode';
import type { FolderHit, WorkspaceAnswer } from '../../service/merge.ts';
import type { SimilarOrigin } from '../similar-origin.ts';
import { Asking } from './asking.ts';
import { Attention } from './attention.ts';
import { Board } from './board.ts';
import { prepareBox } from './box.ts';
import type { HitAction } from './buttons.ts';
import { Facts } from './facts.ts';
import { isUnnamed } from './groups.ts';
import type { PanelHost } from './host.ts';
import { Inquiry } from './inquiry.ts';
import { isHit, keyOfItem, type PanelItem } from './items.ts';
import { OwnValues } from './own-values.ts';
import { placeOfUser } from './place.ts';
import { Pressing, type Visit } from './pressing.ts';
import type { Question } from './question.ts';
import { type Scope, ScopeChoice } from './scope.ts';
import { Sheet } from './sheet.ts';
import { Showing } from './showing.ts';

const PATH_OPERATOR = /(?:^|\s)-?path:/i;

export class SearchPanel implements Visit {
  readonly quickPick = vscode.window.createQuickPick<PanelItem>();
  readonly #host: PanelHost;
  readonly #asking: Asking;
  readonly #showing: Showing;
  readonly #board = new Board(this.quickPick);
  readonly #facts = new Facts();
  readonly #attention = new Attention(() => Date.now());
  readonly #parts: vscode.Disposable[];
  readonly #listeners: vscode.Disposable[];
  readonly #closed: () => void;
  readonly #inquiry = new Inquiry(() => this.#facts.known);
  readonly #scope: ScopeChoice;
  readonly #ownValues = new OwnValues();
  readonly #sheet: Sheet;
  readonly #pressing: Pressing;
  #leaving: Promise<void> | undefined;

  constructor(host: PanelHost, closed: () => void) {
    this.#host = host;
    this.#closed = closed;
    this.#scope = new ScopeChoice(placeOfUser(), host, () => host.client.folders.length);
    this.#showing = new Showing(host.log);
    this.#asking = this.#makeAsking();
    const parts = { asking: this.#asking, inquiry: this.#inquiry, board: this.#board };
    this.#sheet = new Sheet({ ...parts, host, scope: this.#scope, facts: this.#facts });
    const { quickPick } = this;
    this.#pressing = new Pressing({
      ...parts,
      visit: this,
      quickPick,
      history: host.history,
      showing: this.#showing,
      showInSideBar: (hit) => host.showInSideBar(hit),
    });
    prepareBox(quickPick);
    // Told twice: when it happens, and again when the box is disposed of.
    const hidden = quickPick.onDidHide(() => {
      this.#leaving ??= this.#leave();
    });
    this.#parts = [quickPick, this.#showing, hidden];
    this.#listeners = this.#listen();
  }

  #makeAsking(): Asking {
    const { client, near, log } = this.#host;
    return new Asking({
      client,
      near,
      within: () => this.#scope.within,
      busy: (isBusy) => {
        this.quickPick.busy = isBusy;
      },
      show: (answer, active) => this.#show(answer, active),
      failed: (error) => log.error(error),
    });
  }

  #listen(): vscode.Disposable[] {
    const { quickPick } = this;
    return [
      quickPick.onDidChangeValue((value) => this.#ownValues.isEcho(value) || this.#follow()),
      quickPick.onDidChangeActive(([item]) => {
        const hasMoved = this.#board.noteActive(item);
        if (hasMoved) this.#pressing.stopWaiting();
        this.#asking.activate(keyOfItem(item));
        this.#showing.soon(isHit(item) ? item.hit : undefined, hasMoved);
      }),
      quickPick.onDidAccept(() => this.#pressing.enter()),
      quickPick.onDidTriggerItemButton(({ item, button }) => this.#pressing.press(item, button)),
      quickPick.onDidTriggerButton((button) => this.#pressing.pressTitle(button)),
      this.#host.client.onDidChange(() => this.#asking.refresh(this.#host.state()) || this.#sheet.followState()),
    ];
  }

  /** Opens with a question; absent: the last one. Once open it asks the question, and Back leads to what was asked before. */
  show(question: Question = { text: this.#host.lastQuery }): void {
    this.#become(question);
    this.quickPick.show();
    // The editor confirms no list that was there before the box.
    this.#board.noteActive(this.quickPick.activeItems[0]);
    void vscode.commands.executeCommand('setContext', 'kenning.hasPanel', true);
    this.#facts.look().then(
      () => {
        if (this.#facts.isModelIgnored && !this.#leaving) this.draw();
      },
      (error: Error) => this.#host.log.warn(error.message),
    );
  }

  /** Ends when the editor has the keys back; undefined while the box is open. */
  get leaving(): Promise<void> | undefined {
    return this.#leaving;
  }

  get explained(): FolderHit | null {
    return this.#sheet.explained;
  }

  /** For commands that change the question. */
  setQuery(query: string): void {
    this.#inquiry.forget();
    this.#become({ text: query });
  }

  /** Lists code like some code, with a way back to what was asked. */
  setOrigin(origin: SimilarOrigin): void {
    this.#inquiry.keep();
    this.#become({ origin });
  }

  back(): void {
    const former = this.explained ? undefined : this.#inquiry.back();
    if (former) this.#become(former);
    this.explain(null);
  }

  /** Absent: the next one there is. */
  setScope(scope?: Scope): void {
    if (!this.#sheet.isNarrowable) return;
    this.#scope.choose(scope);
    this.#board.forgetPlace();
    this.#askAnew();
  }

  /** Shows why a hit is one, in place of the results; null goes back to them. */
  explain(hit: FolderHit | null): void {
    if (hit === this.explained) return;
    this.#pressing.stopWaiting();
    this.#asking.touch();
    this.#sheet.explain(hit);
  }

  /** As its button does, with the active hit. */
  act(action: HitAction): void {
    this.#pressing.act(action);
  }

  sendToSideBar(): Promise<void> {
    return this.#pressing.sendToSideBar();
  }

  /** By a key of ours: nothing pressed from here on meets a file that was only shown. */
  leave(onward?: () => unknown): Promise<void> {
    this.#leaving ??= this.#giveBackAndLeave(onward);
    return this.#leaving;
  }

  draw(): void {
    this.#sheet.draw();
  }

  #become(question: Question): void {
    this.#board.forgetPlace();
    this.#sheet.forgetExplained();
    const value = this.#inquiry.become(question);
    this.#ownValues.note(value);
    this.quickPick.value = value;
    this.#askAnew();
    void this.#learnFolders();
  }

  #askAnew(): void {
    this.#pressing.stopWaiting();
    this.#sheet.drawButtons();
    this.#asking.ask(this.#inquiry.question);
    this.draw();
  }

  /** What the box holds has changed. What can be completed is shown at once, the rest once it is there. */
  #follow(): void {
    this.#board.forgetPlace();
    const change = this.#inquiry.typed(this.quickPick.value);
    if (change === 'nothing') return;
    this.#pressing.stopWaiting();
    this.explain(null);
    this.#sheet.drawButtons();
    this.#asking.typed(this.#inquiry.operators.question);
    if (change === 'offers') this.draw();
    void this.#learnFolders();
  }

  /** For who types a path alone: a large index takes a moment to tell its folders. */
  async #learnFolders(): Promise<void> {
    if (!PATH_OPERATOR.test(this.quickPick.value)) return;
    if (!(await this.#facts.learnFolders(this.#host.client)) || this.#leaving) return;
    if (this.#inquiry.typed(this.quickPick.value) === 'offers') this.draw();
  }

  #show(answer: WorkspaceAnswer | null, active?: string): string | null | undefined {
    const { answered: question } = this.#asking;
    // The side bar keeps the last answer there was; that no folder could answer is none.
    const isAnswer = answer && (answer.hits.length > 0 || answer.problems.length === 0);
    if (isAnswer) this.#host.onAnswer(answer, question, this.#asking.answeredWithin);
    this.#facts.addHits(answer?.hits ?? []);
    const isAnswered = answer && answer.hits.length > 0 && !isUnnamed(answer.hits);
    this.#noteLookedAt(isAnswered && 'text' in question ? question.text.trim() : null);
    const shown = this.#sheet.draw(active);
    if (this.#pressing.enterIfWaiting()) return null;
    const isBest = answer?.query === this.#inquiry.operators.question && shown === this.#board.first;
    return isBest ? keyOfItem(shown) : null;
  }

  #noteLookedAt(query: string | null): void {
    const lookedAt = this.#attention.turnTo(query);
    if (lookedAt !== null) this.#host.history.note(lookedAt);
  }

  async #giveBackAndLeave(onward?: () => unknown): Promise<void> {
    this.#stop();
    await this.#showing.putBack();
    try {
      await onward?.();
    } finally {
      this.quickPick.hide();
      await this.#leave();
    }
  }

  async #leave(): Promise<void> {
    void vscode.commands.executeCommand('setContext', 'kenning.hasPanel', false);
    this.#stop();
    const hasArrived = await this.#showing.leave();
    for (const part of this.#parts) part.dispose();
    this.#closed();
    if (hasArrived) this.#host.onArrival();
  }

  #stop(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#noteLookedAt(null);
    this.#asking.stop();
    this.#pressing.stopWaiting();
  }
}
