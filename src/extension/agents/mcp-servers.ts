/**
 * `kenning mcp` as a server that the editor starts for agents, where `kenning.mcpServer` is on: off at first, since the
 * editor's own models have the search as a tool already.
 */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { localFolders } from '../indexer.ts';
import * as settings from '../settings.ts';

export const MCP_PROVIDER = 'kenning.mcp';

export class McpServers implements vscode.McpServerDefinitionProvider, vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly onDidChangeMcpServerDefinitions = this.#changed.event;

  constructor(context: vscode.ExtensionContext) {
    this.#context = context;
    this.#subscriptions = [
      this.#changed,
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#changed.fire()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (settings.affectsMcpServer(change)) this.#changed.fire();
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** One server for all folders that are indexed alike. */
  provideMcpServerDefinitions(): vscode.McpServerDefinition[] {
    if (!settings.mcpServer()) return [];
    const alike = Map.groupBy(localFolders(), ({ uri }) =>
      JSON.stringify([settings.quality(uri), settings.model(uri)]),
    );
    return [...alike.values()].map((folders) => this.#definition(folders, alike.size > 1));
  }

  #definition(folders: readonly vscode.WorkspaceFolder[], named: boolean): vscode.McpStdioServerDefinition {
    const { extensionPath, globalStorageUri, extension } = this.#context;
    const { uri, name } = folders[0]!;
    const model = settings.model(uri);
    return new vscode.McpStdioServerDefinition(
      named ? `Kenning: ${name}` : 'Kenning',
      process.execPath,
      [
        join(extensionPath, 'dist/kenning.mjs'),
        'mcp',
        // This window keeps the index up to date, with the editor's own excludes; a second writer would not know them.
        '--no-update',
        '--quality',
        settings.quality(uri),
        ...(model ? ['--model', model] : []),
        ...folders.map((folder) => folder.uri.fsPath),
      ],
      { ELECTRON_RUN_AS_NODE: '1', KENNING_STORAGE: globalStorageUri.fsPath },
      String((extension.packageJSON as { version: unknown }).version),
    );
  }
}
