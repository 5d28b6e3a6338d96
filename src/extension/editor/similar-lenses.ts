/**
 * "Find similar code" above each function, where the setting asks for it. The text is taken apart when the editor asks for
 * lenses; nothing is searched before a lens is clicked.
 */
import * as vscode from 'vscode';
import type { OutlineEntry } from '../../engine/api/search.ts';
import type { ServiceClient } from '../../service/client.ts';
import { startOf } from '../hit.ts';
import * as settings from '../settings.ts';
import { type CodePlace, homeOf } from './code-at.ts';

const KINDS: ReadonlySet<OutlineEntry['kind']> = new Set(['function', 'method', 'constructor']);

class SimilarLens extends vscode.CodeLens {
  readonly place: CodePlace;

  constructor(place: CodePlace) {
    super(startOf(place));
    this.place = place;
  }
}

export class SimilarLenses implements vscode.CodeLensProvider<SimilarLens>, vscode.Disposable {
  readonly #client: ServiceClient;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #registered: vscode.Disposable | null = null;
  #wasReady = false;
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(client: ServiceClient) {
    this.#client = client;
    this.#subscriptions = [
      this.#changed,
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`${settings.SECTION}.codeLens`)) this.#followSetting();
      }),
      client.onDidChange(() => this.#followService()),
    ];
    this.#followSetting();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#registered?.dispose();
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<SimilarLens[]> {
    const home = homeOf(this.#client, document.uri);
    if (!home || this.#client.service !== 'ready') return [];
    const text = document.getText();
    const entries = await this.#client.outline(home.folder, { path: home.path, text }).catch(() => []);
    return entries.filter(({ kind }) => KINDS.has(kind)).map((entry) => new SimilarLens({ ...entry, ...home }));
  }

  resolveCodeLens(lens: SimilarLens): SimilarLens {
    const title = vscode.l10n.t('Find similar code');
    lens.command = { command: 'kenning.findSimilar', title, arguments: [lens.place] };
    return lens;
  }

  #followSetting(): void {
    this.#registered?.dispose();
    this.#registered = settings.codeLens() ? vscode.languages.registerCodeLensProvider({ scheme: 'file' }, this) : null;
  }

  /** Lenses that were asked for while the engine started come once it answers. */
  #followService(): void {
    const isReady = this.#client.service === 'ready';
    if (isReady && !this.#wasReady && this.#registered) this.#changed.fire();
    this.#wasReady = isReady;
  }
}
