/**
 * The search box: takes what the user types and presses, lists what comes back. One visit lasts from the key press to
 * Enter or Escape. What is asked is `asking.ts`'s business, what is listed `list.ts`'s, what the editor shows
 * `showing.ts`'s.
 */
import * as vscode from 'vscode';
import type { FolderHit, WorkspaceAnswer } from '../../service/merge.ts';
import { placeOf } from '../hit.ts';
import { keyOf } from '../hit-identity.ts';
import type { SimilarOrigin } from '../similar-origin.ts';
import { Asking } from './asking.ts';
import { Attention } from './attention.ts';
import { Board } from './board.ts';
import { prepareBox } from './box.ts';
import { actionOf, FORGET, type HitAction, type ScopeButton, SEND_TO_SIDE_BAR } from './buttons.ts';
import { Facts } from './facts.ts';
import type { PanelHost } from './host.ts';
import { Inquiry } from './inquiry.ts';
import { isHit, keyOfItem, type PanelItem } from './items.ts';
import { panelList } from './list.ts';
import { OwnValues } from './own-values.ts';
import { placeOfUser } from './place.ts';
import { isEmpty, keyOfQuestion, type Question } from './question.ts';
import { hasFileIcons } from './ranked-order.ts';
import { type Scope, ScopeChoice } from './scope.ts';
import { Showing } from './showing.ts';
import { resultsTitle } from './title.ts';

export class SearchPanel {
  readonly quickPick = vscode.window.createQuickPick<PanelItem>();
  readonly #host: PanelHost;
  readonly #asking: Asking;
  readonly #showing: Showing;
  readonly #board = new Board(this.quickPick);
  readonly #facts = new Facts();
  readonly #attention = new Attention(() => Date.now());
  readonly #subscriptions: vscode.Disposable[];
  readonly #closed: () => void;
  readonly #inquiry = new Inquiry(() => this.#facts.known);
  readonly #scope: ScopeChoice;
  readonly #ownValues = new OwnValues();
  /** The hit whose reasons stand in place of the results. */
  #explained: FolderHit | null = null;
  #isEnterWaiting = false;
  #leaving: Promise<void> | undefined;
  /** What is to be done once everything is as it was. */
  #afterwards: (() => unknown) | undefined;
  #renderedState = '';

  constructor(host: PanelHost, closed: () => void) {
    this.#host = host;
    this.#closed = closed;
    this.#scope = new ScopeChoice(placeOfUser(), host, () => host.client.folders.length);
    this.#showing = new Showing(host.log);
    this.#asking = new Asking({
      client: host.client,
      near: host.near,
      within: () => this.#scope.within,
      busy: (isBusy) => {
        this.quickPick.busy = isBusy;
      },
      show: (answer, active) => this.#show(answer, active),
      failed: (error) => host.log.error(error),
    });
    prepareBox(this.quickPick);
    this.#subscriptions = [this.quickPick, this.#showing, ...this.#listen()];
  }

  #listen(): vscode.Disposable[] {
    const { quickPick } = this;
    return [
      quickPick.onDidChangeValue((value) => this.#ownValues.isEcho(value) || this.#follow()),
      quickPick.onDidChangeActive(([item]) => {
        this.#asking.activate(keyOfItem(item));
        this.#showing.soon(isHit(item) ? item.hit : undefined);
      }),
      quickPick.onDidAccept(() => this.#enter()),
      quickPick.onDidTriggerItemButton(({ item, button }) => this.#press(item, button)),
      quickPick.onDidTriggerButton((button) => this.#pressTitle(button)),
      // Told twice: when it happens, and again when the box is disposed of.
      quickPick.onDidHide(() => {
        this.#leaving ??= this.#leave();
      }),
      this.#host.client.onDidChange(() => this.#followState()),
    ];
  }

  /** Opens with a question; absent: the last one. Once open it asks the question, and Back leads to what was asked before. */
  show(question: Question = { text: this.#host.lastQuery }): void {
    this.#become(question);
    this.quickPick.show();
    void vscode.commands.executeCommand('setContext', 'kenning.hasPanel', true);
    this.#facts.look().then(
      () => {
        if (this.#facts.isModelIgnored && !this.#leaving) this.#render();
      },
      (error: Error) => this.#host.log.warn(error.message),
    );
  }

  /** Ends when the editor has the keys back; undefined while the box is open. */
  get leaving(): Promise<void> | undefined {
    return this.#leaving;
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
    const former = this.#explained ? undefined : this.#inquiry.back();
    if (former) this.#become(former);
    this.explain(null);
  }

  #become(question: Question): void {
    this.#explained = null;
    const value = this.#inquiry.become(question);
    this.#ownValues.note(value);
    this.quickPick.value = value;
    this.#askAnew();
  }

  #askAnew(): void {
    this.#showButtons();
    this.#asking.ask(this.#inquiry.question);
    this.#render();
  }

  /** What the box holds has changed. What can be completed is shown at once, the rest once it is there. */
  #follow(): void {
    const change = this.#inquiry.typed(this.quickPick.value);
    if (change === 'nothing') return;
    this.explain(null);
    this.#showButtons();
    this.#asking.typed(this.#inquiry.operators.question);
    if (change === 'offers') this.#render();
  }

  #show(answer: WorkspaceAnswer | null, active?: string): string | null | undefined {
    const { answered: question } = this.#asking;
    // The side bar keeps the last answer there was; that no folder could answer is none.
    if (answer && (answer.hits.length > 0 || answer.problems.length === 0)) this.#host.onAnswer(answer, question);
    this.#facts.addHits(answer?.hits ?? []);
    this.#noteLookedAt(answer?.hits.length && 'text' in question ? question.text.trim() : null);
    const shown = this.#render(active);
    const wasWaiting = this.#isEnterWaiting;
    this.#isEnterWaiting = false;
    const { first } = this.#board;
    if (wasWaiting && isHit(first)) this.#accept(first);
    else if (answer?.query === this.#inquiry.operators.question && shown === first) return keyOfItem(first);
    return null;
  }

  #noteLookedAt(query: string | null): void {
    const lookedAt = this.#attention.turnTo(query);
    if (lookedAt !== null) this.#host.history.note(lookedAt);
  }

  /** Absent: the next one there is. Code like some code is looked for everywhere, and a hit's reasons are no search. */
  setScope(scope?: Scope): void {
    if (this.#explained || 'origin' in this.#inquiry.question) return;
    this.#scope.choose(scope);
    this.#askAnew();
  }

  /** Shows why a hit is one, in place of the results; null goes back to them, to the hit that was explained. */
  explain(hit: FolderHit | null): void {
    const before = this.#explained;
    if (before === hit) return;
    this.#asking.touch();
    this.#explained = hit;
    this.#showButtons();
    this.#render();
    if (!hit) this.#board.activate(keyOf(before!));
  }

  #showButtons(): void {
    this.#board.drawButtons({
      hasBack: this.#explained !== null || this.#inquiry.hasFormer,
      scopes: this.#explained || 'origin' in this.#inquiry.question ? [] : this.#scope.all,
      current: this.#scope.current,
    });
  }

  /** Returns the item that is now the active one, if it is one of the results. */
  #render(active?: string): PanelItem | undefined {
    if (this.#explained) {
      this.#board.drawWhy(this.#explained);
      return undefined;
    }
    const { answer, answered: question } = this.#asking;
    const { operators } = this.#inquiry;
    const state = this.#host.state();
    const list = panelList({
      state,
      question,
      answer,
      operators,
      recent: isEmpty(this.#inquiry.question) ? this.#host.history.queries : [],
      isNarrowed: this.#scope.current !== 'workspace',
      isModelIgnored: this.#facts.isModelIgnored,
      hasFileIcons: hasFileIcons(this.quickPick),
    });
    const title = resultsTitle(this.#inquiry.question, {
      state,
      scope: this.#scope,
      isModelIgnored: this.#facts.isModelIgnored,
    });
    const key = keyOfQuestion(question);
    return this.#board.draw({ ...list, title, question: key, active, startsAnew: operators.isOpen });
  }

  #followState(): void {
    const state = this.#host.state();
    if (this.#asking.refresh(state)) return;
    // How far the refining is makes no item, and the list must not be made anew for it.
    const shown = JSON.stringify(state, (key, value: unknown) => (key === 'refined' ? undefined : value));
    if (shown !== this.#renderedState) this.#render();
    this.#renderedState = shown;
  }

  /** Enter right after a key stroke is meant for the answer to what is typed, which may be on its way. */
  #enter(): void {
    this.#asking.touch();
    const { active, first } = this.#board;
    const isOnTheWay = this.quickPick.busy || !this.#asking.isAsked(this.#inquiry.question);
    const isChosen = active && (active !== first || 'completion' in active);
    if (isOnTheWay && !isChosen) this.#isEnterWaiting = true;
    else if (active) this.#accept(active);
  }

  #accept(item: PanelItem): void {
    if (isHit(item)) this.#open(item.hit);
    else if ('reason' in item) this.explain(null);
    else if ('completion' in item) this.setQuery(item.completion.value);
    else if ('recent' in item) this.setQuery(item.recent);
    else if ('command' in item) {
      const run = (): unknown => vscode.commands.executeCommand(item.command, ...(item.arguments ?? []));
      if (item.leaves) this.#leaveFor(run);
      else void run();
    }
  }

  #pressTitle(button: vscode.QuickInputButton): void {
    this.#asking.touch();
    if (button === vscode.QuickInputButtons.Back) this.back();
    else if (button === SEND_TO_SIDE_BAR) this.sendToSideBar();
    else if ('scope' in button) this.setScope((button as ScopeButton).scope);
  }

  #press(item: PanelItem, button: vscode.QuickInputButton): void {
    this.#asking.touch();
    if (button === FORGET && 'recent' in item) {
      this.#host.history.remove(item.recent);
      this.#render();
    }
    const action = actionOf(button);
    if (action && isHit(item)) this.act(action, item.hit);
  }

  /** With the active hit unless another is given; nothing where there is none. */
  act(action: HitAction, hit: FolderHit | undefined = this.#board.activeHit): void {
    if (action === 'why') this.explain(this.#explained ? null : (hit ?? null));
    else if (!hit) return;
    else if (action === 'side') this.#open(hit, vscode.ViewColumn.Beside);
    else if (action === 'copy') void vscode.env.clipboard.writeText(placeOf(hit));
    else void vscode.commands.executeCommand('kenning.findSimilar', hit);
  }

  /** The answer is there already; this goes to it. */
  sendToSideBar(): void {
    this.#leaveFor(() => vscode.commands.executeCommand('kenning.results.focus'));
  }

  #open(hit: FolderHit, viewColumn?: vscode.ViewColumn): void {
    const { answered } = this.#asking;
    if ('text' in answered) this.#host.history.note(answered.text);
    this.quickPick.hide();
    this.#showing.open(hit, viewColumn);
  }

  /** `next` takes the focus, so the editor must have got it back before. */
  #leaveFor(next: () => unknown): void {
    this.#afterwards = next;
    this.quickPick.hide();
  }

  async #leave(): Promise<void> {
    void vscode.commands.executeCommand('setContext', 'kenning.hasPanel', false);
    this.#noteLookedAt(null);
    this.#asking.stop();
    const hasArrived = await this.#showing.leave();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#closed();
    if (hasArrived) this.#host.onArrival();
    this.#afterwards?.();
  }
}
