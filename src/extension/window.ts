/** The running parts of one editor window and how they hang together. It decides nothing itself. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { ServiceClient } from '../service/client.ts';
import { Indexer, virtualFolderCount } from './indexer.ts';
import { SearchPanel } from './panel/panel.ts';
import { StatusBar } from './status-bar.ts';
import { IndexView } from './views/index-view.ts';
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
  readonly indexView: IndexView;
  readonly statusBar: StatusBar;
  readonly workingSet: WorkingSet;
  panel: SearchPanel | null = null;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    this.context = context;
    this.log = log;
    const workerPath = join(context.extensionPath, 'dist', 'worker.mjs');
    this.client = new ServiceClient({ workerPath, log: (line) => log.info(line) });
    this.indexer = new Indexer(context, this.client);
    this.results = new ResultsView();
    this.indexView = new IndexView(this.client);
    this.statusBar = new StatusBar();
    this.workingSet = new WorkingSet(() => this.panel !== null);
    const folders = vscode.workspace.onDidChangeWorkspaceFolders(() => this.#followState());
    const states = this.client.onDidChange(() => this.#followState());
    const { indexer, results, indexView, statusBar, workingSet } = this;
    context.subscriptions.push(indexer, results, indexView, statusBar, workingSet, folders, states);
    this.#followState();
  }

  /** After activation has returned: nothing here may hold the editor up. */
  async start(): Promise<void> {
    await vscode.workspace.fs.createDirectory(this.context.globalStorageUri);
    this.indexer.sync();
  }

  state(): WindowState {
    const { service, paused, folders } = this.client;
    return windowState({ service, paused, folders, virtualFolders: virtualFolderCount() });
  }

  openPanel(query?: string): void {
    this.panel ??= this.#createPanel();
    this.panel.show();
    if (typeof query === 'string') this.panel.setQuery(query);
  }

  async restart(): Promise<void> {
    await this.client.restart();
    this.indexer.sync();
  }

  async stop(): Promise<void> {
    await this.client.stop();
  }

  #createPanel(): SearchPanel {
    const { client, log, context, results, workingSet } = this;
    const host = {
      client,
      log,
      state: () => this.state(),
      near: workingSet.near(),
      lastQuery: context.workspaceState.get(LAST_QUERY, ''),
      onAnswer: (answer: Parameters<ResultsView['show']>[0]) => {
        results.show(answer);
        void context.workspaceState.update(LAST_QUERY, answer.query);
      },
      onArrival: () => workingSet.noteActive(),
    };
    return new SearchPanel(host, () => {
      this.panel = null;
    });
  }

  #followState(): void {
    const state = this.state();
    this.statusBar.show(state);
    void vscode.commands.executeCommand('setContext', 'kenning.state', state.kind);
  }
}
