/** The running parts of one editor window and how they hang together. It decides nothing itself. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { ServiceClient } from '../service/client.ts';
import type { FolderHit, WorkspaceAnswer } from '../service/merge.ts';
import type { Within } from '../service/workspace-request.ts';
import { followDiskBudget } from './disk-budget.ts';
import { Highlights } from './editor/highlights.ts';
import { SimilarLenses } from './editor/similar-lenses.ts';
import { Indexer, virtualFolderCount } from './indexer.ts';
import { SearchPanel } from './panel/panel.ts';
import { QueryHistory } from './panel/query-history.ts';
import type { Question } from './panel/question.ts';
import type { Scope } from './panel/scope.ts';
import { originTitle, type SimilarOrigin, similarRequest } from './similar-origin.ts';
import { StatusBar } from './status-bar.ts';
import { UnsavedBuffers } from './unsaved-buffers.ts';
import { IndexView } from './views/index-view.ts';
import { PinnedView } from './views/pinned-view.ts';
import { ResultsView } from './views/results-view.ts';
import { type WindowState, windowState } from './window-state.ts';
import { WorkingSet } from './working-set.ts';

const LAST_QUERY = 'kenning.lastQuery';

export class KenningWindow {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly client: ServiceClient;
  readonly indexer: Indexer;
  readonly results: ResultsView;
  readonly pinned: PinnedView;
  readonly indexView: IndexView;
  readonly statusBar: StatusBar;
  readonly workingSet: WorkingSet;
  readonly history: QueryHistory;
  readonly highlights: Highlights;
  readonly unsaved: UnsavedBuffers;
  panel: SearchPanel | null = null;
  #scope: Scope = 'workspace';

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    this.context = context;
    this.log = log;
    const workerPath = join(context.extensionPath, 'dist', 'worker.mjs');
    this.client = new ServiceClient({
      workerPath,
      log: (line) => log.info(line),
      first: () => this.workingSet.atHand(),
    });
    this.indexer = new Indexer(context, this.client);
    this.results = new ResultsView(context.workspaceState);
    this.pinned = new PinnedView(context.workspaceState, this.results);
    this.indexView = new IndexView(this.client);
    this.statusBar = new StatusBar();
    this.history = new QueryHistory(context.workspaceState);
    this.workingSet = new WorkingSet(() => this.panel !== null);
    this.highlights = new Highlights();
    const lenses = new SimilarLenses(this.client);
    const emptied = this.results.onDidChangeTreeData(() => {
      if (this.results.getChildren().length === 0) this.highlights.clear();
    });
    const budget = followDiskBudget(this.client, context.globalStorageUri.fsPath, log);
    context.subscriptions.push(this.highlights, lenses, emptied, budget);
    this.unsaved = new UnsavedBuffers(this.client);
    const folders = vscode.workspace.onDidChangeWorkspaceFolders(() => this.#followState());
    const states = this.client.onDidChange(() => this.#followState());
    const { indexer, results, pinned, indexView, statusBar, workingSet, unsaved } = this;
    context.subscriptions.push(indexer, results, pinned, indexView, statusBar, workingSet, unsaved, folders, states);
    // Of an extension host before this one.
    void vscode.commands.executeCommand('setContext', 'kenning.hasPanel', false);
    this.#followState();
  }

  /** After activation has returned: nothing here may hold the editor up. */
  async start(): Promise<void> {
    await vscode.workspace.fs.createDirectory(this.context.globalStorageUri);
    this.indexer.sync();
    this.unsaved.tellAll();
  }

  state(): WindowState {
    const { service, paused, folders } = this.client;
    return windowState({ service, paused, folders, virtualFolders: virtualFolderCount() });
  }

  /** The editor takes the keys once more at the end of a visit, and with them the box of the next if that is there by then. */
  async openPanel(query?: string): Promise<void> {
    await this.panel?.leaving;
    if (this.panel && typeof query === 'string') this.panel.setQuery(query);
    else if (!this.panel) this.#createPanel(typeof query === 'string' ? { text: query } : undefined);
  }

  /** Lists what is like `origin` in the panel. */
  async openSimilar(origin: SimilarOrigin): Promise<void> {
    await this.panel?.leaving;
    if (this.panel) this.panel.setOrigin(origin);
    else this.#createPanel({ origin });
  }

  async restart(): Promise<void> {
    await this.client.restart();
    this.indexer.sync();
  }

  async stop(): Promise<void> {
    await this.client.stop();
  }

  #createPanel(question: Question | undefined): void {
    const { client, log, context, results, workingSet, history } = this;
    const host = {
      client,
      log,
      history,
      state: () => this.state(),
      near: workingSet.near(),
      lastQuery: context.workspaceState.get(LAST_QUERY, ''),
      scope: this.#scope,
      onAnswer: (answer: WorkspaceAnswer, question: Question, within: Within | undefined) => {
        if ('origin' in question) {
          const { origin } = question;
          const rerun = (): Promise<WorkspaceAnswer | null> => client.similar(similarRequest(origin));
          results.show(answer, { origin: { title: originTitle(origin), rerun } });
          return;
        }
        results.show(answer, { within });
        void context.workspaceState.update(LAST_QUERY, answer.query);
      },
      showInSideBar: (hit: FolderHit | undefined) => this.#showInSideBar(hit),
      onArrival: () => workingSet.noteActive(),
    };
    this.panel = new SearchPanel(host, () => {
      this.panel = null;
      this.#scope = host.scope;
    });
    this.panel.show(question);
  }

  async #showInSideBar(hit: FolderHit | undefined): Promise<void> {
    const { hits, view } = this.results;
    await vscode.commands.executeCommand('kenning.results.focus');
    if (hit && hits.includes(hit)) await view.reveal(hit, { focus: true, select: false });
  }

  #followState(): void {
    const state = this.state();
    this.statusBar.show(state);
    void vscode.commands.executeCommand('setContext', 'kenning.state', state.kind);
    void vscode.commands.executeCommand('setContext', 'kenning.isPaused', this.client.paused);
  }
}
