/** As much of the editor's API as the indexer, the disk budget and the panel need, and what makes it tell something. It stands in for `vscode` in unit tests. */
import { join } from 'node:path';

type Listener = (event: unknown) => void;

const listeners = new Map<string, Set<Listener>>();
const on =
  (name: string) =>
  (listener: Listener): { dispose(): void } => {
    const known = listeners.get(name) ?? new Set();
    listeners.set(name, known.add(listener));
    return { dispose: () => void known.delete(listener) };
  };

/** Has the editor tell of `name`: `onDidGrantWorkspaceTrust` and the like. */
export function fire(name: string, event: unknown = undefined): void {
  for (const listener of listeners.get(name) ?? []) listener(event);
}

/** `section.name` → value. */
export const configuration = new Map<string, unknown>();

export const uriOf = (fsPath: string): object => ({ scheme: 'file', fsPath, path: fsPath, toString: () => fsPath });

export const workspace: Record<string, unknown> = {
  workspaceFolders: undefined,
  textDocuments: [],
  fs: {},
  getWorkspaceFolder: () => undefined,
  getConfiguration: (section: string) => ({
    get: (name: string, fallback: unknown) => configuration.get(`${section}.${name}`) ?? fallback,
  }),
  createFileSystemWatcher: () => ({
    onDidCreate: on('watcher'),
    onDidChange: on('watcher'),
    onDidDelete: on('watcher'),
    dispose: () => undefined,
  }),
};
for (const name of [
  'onDidChangeWorkspaceFolders',
  'onDidChangeConfiguration',
  'onDidSaveTextDocument',
  'onDidCloseTextDocument',
  'onDidCreateFiles',
  'onDidDeleteFiles',
  'onDidRenameFiles',
  'onDidChangeTextDocument',
  'onDidGrantWorkspaceTrust',
]) {
  workspace[name] = on(name);
}

/** A test of what is drawn brings its own `createQuickPick`. */
export const window: Record<string, unknown> = {
  onDidChangeWindowState: on('onDidChangeWindowState'),
  onDidChangeTextEditorSelection: on('onDidChangeTextEditorSelection'),
  onDidChangeActiveTextEditor: on('onDidChangeActiveTextEditor'),
  onDidChangeVisibleTextEditors: on('onDidChangeVisibleTextEditors'),
  onDidChangeActiveColorTheme: on('onDidChangeActiveColorTheme'),
  createTextEditorDecorationType: () => ({ dispose: () => undefined }),
  activeColorTheme: {},
  tabGroups: { all: [], activeTabGroup: {} },
};

/** What was executed, by name. */
export const executed: string[] = [];
export const commands = { executeCommand: async (name: string): Promise<void> => void executed.push(name) };

export class RelativePattern {}

export class TreeItem {}

export class ThemeIcon {}

export class ThemeColor {}

export class Range {
  readonly rows: readonly [number, number];

  constructor(startRow: number, _: number, endRow: number) {
    this.rows = [startRow, endRow];
  }
}

export class TabInputText {
  readonly uri: unknown;

  constructor(uri: unknown) {
    this.uri = uri;
  }
}

export class TabInputTextDiff {
  readonly original: unknown;
  readonly modified: unknown;

  constructor(original: unknown, modified: unknown) {
    this.original = original;
    this.modified = modified;
  }
}

/** Nobody listens. */
export class EventEmitter {
  readonly event = on('nothing');
  fire(): void {}
  dispose(): void {}
}

export class CodeLens {}

export const ColorThemeKind = {};
export const ViewColumn = { Active: -1, Beside: -2, One: 1 };
export const TextEditorRevealType = {};
export const OverviewRulerLane = { Center: 2 };
export const QuickInputButtons = { Back: {} };
export const StatusBarAlignment = { Left: 1 };
export const TreeItemCollapsibleState = {};
export const SymbolKind = {};
export const QuickPickItemKind = { Separator: -1, Default: 0 };

/** In English, what stands in braces not filled in. */
export const l10n = { t: (text: string): string => text };
export const env = { language: 'en' };

export class Disposable {
  readonly dispose: () => void;

  constructor(dispose: () => void) {
    this.dispose = dispose;
  }
}

export const Uri = {
  file: uriOf,
  joinPath: ({ fsPath }: { fsPath: string }, ...parts: string[]) => uriOf(join(fsPath, ...parts)),
};
