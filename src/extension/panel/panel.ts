/**
 * The search box: asks while the user types, lists the answers as ranked, shows the active one in the editor.
 * One visit lasts from the key press to Enter or Escape.
 */
import * as vscode from 'vscode';
import type { NearFiles } from '../../core/ranking/near.ts';
import type { ServiceClient } from '../../service/client.ts';
import type { FolderHit, WorkspaceAnswer } from '../../service/merge.ts';
import { keyOf, placeOf } from '../hit.ts';
import * as settings from '../settings.ts';
import { sentenceOf } from '../texts.ts';
import type { WindowState } from '../window-state.ts';
import { COPY_PLACE, type HitItem, keyOfItem, OPEN_TO_SIDE, type PanelItem, panelItems, WHY } from './items.ts';
import { Preview } from './preview.ts';
import { keepRankedOrder, setPrompt } from './ranked-order.ts';
import { SecondRequest } from './second-request.ts';
import { whyItems, whyTitle } from './why-items.ts';

const TYPING_MS = 40;
/** The active item changes with every answer; the editor need not follow each. */
const PREVIEW_MS = 80;
/** How often answers are refreshed while files are being indexed. */
const REFRESH_MS = 2000;
/** A click into the previewed editor hides the box too; its selection event may arrive after. */
const CLICK_MS = 60;

export interface PanelHost {
  readonly client: ServiceClient;
  readonly log: vscode.LogOutputChannel;
  state(): WindowState;
  /** Each answer that is not overtaken, for the sidebar. */
  onAnswer(answer: WorkspaceAnswer): void;
  /** The visit has led to the active editor. */
  onArrival(): void;
  readonly lastQuery: string;
  /** As it was before the first preview: what a visit shows must not change its own ranking. */
  readonly near: NearFiles;
}

const SHOW_IN_SIDEBAR: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('list-tree'),
  tooltip: vscode.l10n.t('Show Results in the Side Bar'),
};

export class SearchPanel {
  readonly quickPick = vscode.window.createQuickPick<PanelItem>();
  readonly #host: PanelHost;
  readonly #preview = new Preview();
  readonly #subscriptions: vscode.Disposable[];
  readonly #closed: () => void;
  readonly #second = new SecondRequest<WorkspaceAnswer>({
    nowMs: () => performance.now(),
    ask: (query) => this.#askAgain(query),
    cancel: () => this.#host.client.cancelSearch(),
    take: (answer, active) => this.#take(answer, active),
  });
  #answer: WorkspaceAnswer | null = null;
  #isAccepted = false;
  #isClicked = false;
  #isEnterWaiting = false;
  #isLeaving = false;
  #typing: NodeJS.Timeout | undefined;
  #previewing: NodeJS.Timeout | undefined;
  #searchedAtMs = 0;
  #asked = '';
  /** The hit whose reasons stand in place of the results. */
  #explained: FolderHit | null = null;
  #renderedQuery = '';
  #renderedState = '';

  constructor(host: PanelHost, closed: () => void) {
    this.#host = host;
    this.#closed = closed;
    const { quickPick } = this;
    keepRankedOrder(quickPick);
    quickPick.placeholder = vscode.l10n.t(
      'Describe the code you are after; narrow with lang: path: kind: -tests "exact"',
    );
    setPrompt(quickPick, vscode.l10n.t('Narrow with lang:go  path:src/http  kind:class  -tests  "exact words"'));
    quickPick.buttons = [SHOW_IN_SIDEBAR];
    quickPick.value = host.lastQuery;
    this.#subscriptions = [
      quickPick,
      this.#preview,
      quickPick.onDidChangeValue(() => this.#searchSoon()),
      quickPick.onDidChangeActive(([item]) => {
        this.#second.tell({ kind: 'active', active: keyOfItem(item) });
        this.#previewSoon(item);
      }),
      quickPick.onDidAccept(() => this.#enter()),
      quickPick.onDidTriggerItemButton(({ item, button }) => this.#press(item, button)),
      quickPick.onDidTriggerButton((button) => this.#pressTitle(button)),
      quickPick.onDidHide(() => void this.#leave()),
      vscode.window.onDidChangeTextEditorSelection(({ kind }) => {
        if (kind === vscode.TextEditorSelectionChangeKind.Mouse) this.#isClicked = true;
      }),
      host.client.onDidChange(() => this.#followState()),
    ];
  }

  show(): void {
    this.#render();
    this.quickPick.show();
    if (this.quickPick.value.trim() !== '') this.#search();
  }

  /** For commands that change the question. */
  setQuery(query: string): void {
    this.explain(null);
    this.quickPick.value = query;
    this.#search();
  }

  #searchSoon(): void {
    this.#second.tell({ kind: 'value', value: this.quickPick.value });
    clearTimeout(this.#typing);
    this.explain(null);
    // Another blank asks nothing new.
    if (this.#answer?.complete && this.quickPick.value.trim() === this.#asked) return;
    this.#typing = setTimeout(() => this.#search(), TYPING_MS);
  }

  #search(): void {
    clearTimeout(this.#typing);
    this.#touch();
    const query = this.quickPick.value;
    this.#asked = query.trim();
    this.#searchedAtMs = Date.now();
    if (this.#asked === '') {
      this.#host.client.cancelSearch();
      this.#take(null);
      return;
    }
    this.quickPick.busy = true;
    // The first view at once; a second one follows where it may help and the user lets it.
    this.#host.client.search({ query, limit: settings.maxResults(), near: this.#host.near, second: 'never' }).then(
      (answer) => {
        if (answer) this.#take(answer);
      },
      (error: Error) => this.#host.log.error(error),
    );
  }

  /** An answer with problems is no better one. */
  async #askAgain(query: string): Promise<WorkspaceAnswer | null> {
    const { near } = this.#host;
    const request = { query, limit: settings.maxResults(), near, second: 'where-it-helps' } as const;
    const answer = await this.#host.client.search(request);
    return answer?.problems.length === 0 ? answer : null;
  }

  /** `active`: key of the hit that stays the active one; absent: as `#renderResults` has it. */
  #take(answer: WorkspaceAnswer | null, active?: string): void {
    this.#answer = answer;
    this.quickPick.busy = false;
    // The side bar keeps the last answer there was; that no folder could answer is none.
    if (answer && (answer.hits.length > 0 || answer.problems.length === 0)) this.#host.onAnswer(answer);
    const shown = this.#render(active);
    const first = this.quickPick.items[0];
    if (this.#isEnterWaiting && first && 'hit' in first) this.#accept(first);
    else if (answer?.mayImprove && answer.query === this.quickPick.value && shown === first)
      this.#improve(answer, first);
    this.#isEnterWaiting = false;
  }

  #improve({ query }: WorkspaceAnswer, first: PanelItem | undefined): void {
    const active = keyOfItem(first);
    if (active) this.#second.begin(query, active).catch((error: Error) => this.#host.log.error(error));
  }

  /** The user has laid a hand on the list as it stands. */
  #touch(): void {
    this.#second.tell({ kind: 'touched' });
  }

  /** Shows why a hit is one, in place of the results; null goes back to them, to the hit that was explained. */
  explain(hit: FolderHit | null): void {
    const before = this.#explained;
    if (before === hit) return;
    this.#touch();
    this.#explained = hit;
    this.quickPick.buttons = hit ? [vscode.QuickInputButtons.Back, SHOW_IN_SIDEBAR] : [SHOW_IN_SIDEBAR];
    this.#render();
    const same = hit ? undefined : this.#itemOf(before!);
    if (same) this.quickPick.activeItems = [same];
  }

  #itemOf(hit: FolderHit): PanelItem | undefined {
    return this.quickPick.items.find((item) => 'hit' in item && keyOf(item.hit) === keyOf(hit));
  }

  /** One assignment for each set of items; the active one stays active when it is still there, and is returned. */
  #render(active?: string): PanelItem | undefined {
    if (!this.#explained) return this.#renderResults(active);
    this.#renderWhy(this.#explained);
    return undefined;
  }

  /** Answers that come meanwhile change nothing here. */
  #renderWhy(hit: FolderHit): void {
    const title = whyTitle(hit);
    if (this.quickPick.title === title) return;
    this.quickPick.title = title;
    this.quickPick.items = whyItems(hit);
  }

  #renderResults(active?: string): PanelItem | undefined {
    const { quickPick } = this;
    const state = this.#host.state();
    const before = quickPick.activeItems[0];
    const items = panelItems(state, this.#answer);
    quickPick.title = titleOf(state);
    quickPick.items = items;
    // A refresh of the same question keeps the user's place; a new question starts at its best hit.
    const isRefresh = before && 'hit' in before && this.#renderedQuery === this.#asked;
    const kept = active ?? (isRefresh ? keyOf(before.hit) : null);
    const same = items.find((item) => 'hit' in item && keyOf(item.hit) === kept);
    if (same) quickPick.activeItems = [same];
    this.#renderedQuery = this.#asked;
    return same ?? items[0];
  }

  #followState(): void {
    const state = this.#host.state();
    const isCovered = state.kind === 'ready' || state.kind === 'refining';
    const isDue = Date.now() - this.#searchedAtMs >= REFRESH_MS || isCovered;
    if (this.#answer && !this.#answer.complete && isDue && state.kind !== 'starting') {
      this.#search();
      return;
    }
    // How far the refining is makes no item, and the list must not be made anew for it.
    const shown = JSON.stringify(state, (key, value: unknown) => (key === 'refined' ? undefined : value));
    if (shown !== this.#renderedState) this.#render();
    this.#renderedState = shown;
  }

  #previewSoon(item: PanelItem | undefined): void {
    clearTimeout(this.#previewing);
    if (!item || !('hit' in item)) return;
    this.#previewing = setTimeout(() => {
      this.#preview.show(item.hit).catch((error: Error) => this.#host.log.warn(`No preview: ${error.message}`));
    }, PREVIEW_MS);
  }

  /** Enter right after a key stroke is meant for the answer to what is typed, which may be on its way. */
  #enter(): void {
    this.#touch();
    const { value, busy, items, activeItems } = this.quickPick;
    const active = activeItems[0] ?? items[0];
    const isOnTheWay = busy || value.trim() !== this.#asked;
    if (isOnTheWay && (!active || active === items[0])) this.#isEnterWaiting = true;
    else if (active) this.#accept(active);
  }

  #accept(item: PanelItem): void {
    if ('hit' in item) this.#open(item.hit);
    else if ('reason' in item) this.explain(null);
    else this.#run(item.command);
  }

  #pressTitle(button: vscode.QuickInputButton): void {
    this.#touch();
    if (button === vscode.QuickInputButtons.Back) this.explain(null);
    else this.#run('kenning.showResults');
  }

  #press(item: PanelItem, button: vscode.QuickInputButton): void {
    this.#touch();
    if (!('hit' in item)) return;
    if (button === WHY) this.explain(item.hit);
    if (button === OPEN_TO_SIDE) this.#open(item.hit, vscode.ViewColumn.Beside);
    if (button === COPY_PLACE) void vscode.env.clipboard.writeText(placeOf((item as HitItem).hit));
  }

  #open(hit: FolderHit, viewColumn?: vscode.ViewColumn): void {
    this.#isAccepted = true;
    this.quickPick.hide();
    this.#preview.open(hit, viewColumn).then(
      () => this.#host.onArrival(),
      (error: Error) => {
        this.#host.log.warn(error.message);
        const text = vscode.l10n.t('Kenning could not open {0}: {1}', hit.path, error.message);
        void vscode.window.showWarningMessage(text);
      },
    );
  }

  #run(command: string): void {
    void vscode.commands.executeCommand(command);
  }

  /** Hiding is told twice: when it happens, and again when the box is disposed of. */
  async #leave(): Promise<void> {
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    clearTimeout(this.#typing);
    clearTimeout(this.#previewing);
    this.#touch();
    this.#host.client.cancelSearch();
    if (!this.#isAccepted) {
      await new Promise((resolve) => setTimeout(resolve, CLICK_MS));
      if (!this.#isClicked) await this.#preview.restore().catch((error: Error) => this.#host.log.warn(error.message));
    }
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#closed();
    if (this.#isClicked) this.#host.onArrival();
  }
}

/** What keeps answers from being whole; a failure is an item of the list. */
function titleOf(state: WindowState): string {
  return ['starting', 'indexing', 'paused'].includes(state.kind) ? `Kenning: ${sentenceOf(state)}` : 'Kenning';
}
