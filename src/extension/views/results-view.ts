/** The side bar's list of the last answer. It shows, sifts and opens; searching is its caller's business. */
import * as vscode from 'vscode';
import { isFiltered, parseQuery } from '../../core/query/parse-query.ts';
import type { FolderHit, WorkspaceAnswer } from '../../service/merge.ts';
import type { Within } from '../../service/workspace-request.ts';
import { alsoHits } from '../hit-identity.ts';
import { openedHits } from '../opened-hits.ts';
import { count, withinText } from '../texts.ts';
import { allRows, neighbours } from './after-removal.ts';
import { isAsked } from './focused.ts';
import { resultItem } from './result-items.ts';
import {
  dismissedBy,
  type FileNode,
  groupByFile,
  idOf,
  type ResultNode,
  type ResultOrder,
  withoutDismissed,
} from './result-tree.ts';

const ORDER = 'kenning.resultOrder';

/** Where an answer comes from that no words were asked for. */
export interface ResultsOrigin {
  /** `Similar to parse_date`. */
  readonly title: string;
  /** Asks again; null when something newer has taken over. */
  readonly rerun: () => Promise<WorkspaceAnswer | null>;
}

/** What an answer answers, besides its words. */
export interface AnswerSource {
  /** Absent: words were asked for. */
  readonly origin?: ResultsOrigin;
  /** The part of the workspace in which they were searched; absent: all of it. */
  readonly within?: Within | undefined;
}

interface Shown extends AnswerSource {
  readonly answer: WorkspaceAnswer;
}

export class ResultsView implements vscode.TreeDataProvider<ResultNode>, vscode.Disposable {
  readonly #memento: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly view: vscode.TreeView<ResultNode>;
  #shown: Shown | null = null;
  readonly #dismissed = new Set<string>();
  #hits: readonly FolderHit[] = [];
  #files: readonly FileNode[] = [];

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
    this.view = vscode.window.createTreeView('kenning.results', {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
    });
    // A click selects and opens.
    this.view.onDidChangeSelection(({ selection: [node] }) => {
      if (node && 'why' in node && !isAsked(this.view)) openedHits.fire(node);
    });
    this.#refresh();
  }

  dispose(): void {
    this.view.dispose();
    this.#changed.dispose();
  }

  /** The words that were asked for; null when no answer to a question is shown. */
  get query(): string | null {
    return this.#shown && !this.#shown.origin ? this.#shown.answer.query : null;
  }

  get origin(): ResultsOrigin | null {
    return this.#shown?.origin ?? null;
  }

  get within(): Within | undefined {
    return this.#shown?.within;
  }

  /** What is shown, best first, without what the user has dismissed. */
  get hits(): readonly FolderHit[] {
    return this.#hits;
  }

  get order(): ResultOrder {
    return this.#memento.get<ResultOrder>(ORDER, 'file');
  }

  /** What was dismissed of an answer stays so while the same is asked. */
  show(answer: WorkspaceAnswer, source: AnswerSource = {}): void {
    const shown = { ...source, answer };
    if (!this.#shown || keyOfShown(this.#shown) !== keyOfShown(shown)) this.#dismissed.clear();
    this.#shown = shown;
    // For the walkthrough.
    if (isFiltered(parseQuery(answer.query))) {
      void vscode.commands.executeCommand('setContext', 'kenning.hasNarrowed', true);
    }
    this.#refresh();
  }

  clear(): void {
    this.#shown = null;
    this.#dismissed.clear();
    this.#refresh();
  }

  /** Resolves when the focus is on what is next. */
  async dismiss(nodes: readonly ResultNode[]): Promise<void> {
    const near = nodes.slice(-1).flatMap((node) => neighbours<ResultNode>(this, node, idOf));
    for (const id of nodes.flatMap(dismissedBy)) this.#dismissed.add(id);
    this.#refresh();
    const left = new Map(allRows<ResultNode>(this).map((node) => [idOf(node), node]));
    const next = near.map((id) => left.get(id)).find((node) => node !== undefined);
    if (next && this.view.visible) await this.view.reveal(next, { focus: true, select: false });
  }

  /** Before asking again: the answer is then shown whole. */
  forgetDismissed(): void {
    this.#dismissed.clear();
  }

  async setOrder(order: ResultOrder): Promise<void> {
    await this.#memento.update(ORDER, order);
    this.#refresh();
  }

  /** The heading of what is shown: the question, or where else the answer comes from. */
  title(): string {
    if (!this.#shown) return '';
    const { answer, origin, within } = this.#shown;
    const parts = [origin?.title ?? vscode.l10n.t('Results for “{0}”', answer.query)];
    if (within) parts.push(withinText(within));
    return parts.join(', ');
  }

  getChildren(node?: ResultNode): ResultNode[] {
    if (!node) return this.order === 'file' ? [...this.#files] : [...this.#hits];
    if ('hits' in node) return [...node.hits];
    if ('under' in node) return [];
    // Overloads on one line are one place: two nodes of one id would leave the tree without any.
    return [...new Map(alsoHits(node).map((also) => [idOf(also), also])).values()];
  }

  getParent(node: ResultNode): ResultNode | undefined {
    if ('hits' in node) return undefined;
    if ('under' in node) return node.under;
    return this.order === 'file' ? this.#files.find(({ hits }) => hits.includes(node)) : undefined;
  }

  getTreeItem(node: ResultNode): vscode.TreeItem {
    return resultItem(node, this.order);
  }

  #refresh(): void {
    const all = this.#shown?.answer.hits ?? [];
    this.#hits = withoutDismissed(all, this.#dismissed);
    this.#files = groupByFile(this.#hits);
    const tooltip = this.#shown ? countText(this.#hits.length) : '';
    this.view.badge = this.#hits.length > 0 ? { value: this.#hits.length, tooltip } : undefined;
    const dismissed = all.length - this.#hits.length;
    this.view.message = this.#message(dismissed);
    void vscode.commands.executeCommand('setContext', 'kenning.hasDismissed', dismissed > 0);
    void vscode.commands.executeCommand('setContext', 'kenning.hasAnswer', this.#shown !== null);
    void vscode.commands.executeCommand('setContext', 'kenning.hasResults', this.#hits.length > 0);
    void vscode.commands.executeCommand('setContext', 'kenning.isByRank', this.order === 'rank');
    this.#changed.fire();
  }

  /** Empty, not undefined, without an answer: an emptied tree then shows its welcome text. */
  #message(dismissed: number): string {
    if (!this.#shown || this.#hits.length === 0) return '';
    const { answer, origin, within } = this.#shown;
    const parts = [origin ? `${origin.title}: ${countText(this.#hits.length)}` : forQuery(answer, this.#hits.length)];
    if (within) parts.push(withinText(within));
    if (dismissed > 0) parts.push(vscode.l10n.t('{0} dismissed', count(dismissed)));
    if (!answer.complete) parts.push(vscode.l10n.t('from an index that is not complete yet'));
    return parts.join(', ');
  }
}

/** The same for answers to the same. */
const keyOfShown = ({ answer, origin, within }: Shown): string =>
  JSON.stringify([answer.query, origin?.title, within?.folder, within?.file]);

function countText(results: number): string {
  return results === 1 ? vscode.l10n.t('1 result') : vscode.l10n.t('{0} results', count(results));
}

function forQuery({ query }: WorkspaceAnswer, results: number): string {
  return results === 1
    ? vscode.l10n.t('1 result for “{0}”', query)
    : vscode.l10n.t('{0} results for “{1}”', count(results), query);
}
