/** The user's settings as the engine wants them. Read afresh each time: they differ between folders and change live. */
import * as vscode from 'vscode';
import type { Quality, VectorIndexChoice } from '../engine/api/options.ts';
import { NEVER_INDEXED } from './changes.ts';

export const SECTION = 'kenning';

const DEFAULT_RESULTS = 30;
const MOST_RESULTS = 200;
const DEFAULT_BUDGET_MB = 2048;

export const autoIndex = (): boolean => read<boolean>('autoIndex', true);
export const mcpServer = (): boolean => read<boolean>('mcpServer', false);
/** As the setting's schema has it, which a settings file need not keep to. */
export function maxResults(): number {
  const value = read<unknown>('maxResults', DEFAULT_RESULTS);
  if (typeof value !== 'number' || !Number.isFinite(value)) return DEFAULT_RESULTS;
  return Math.min(MOST_RESULTS, Math.max(1, Math.round(value)));
}
/** In MB; 0: no limit. What is no number must not pass for a budget that everything is over. */
export function diskBudget(): number {
  const value = read<unknown>('diskBudget', DEFAULT_BUDGET_MB);
  return typeof value === 'number' && Number.isFinite(value) ? value : DEFAULT_BUDGET_MB;
}
export const codeLens = (): boolean => read<boolean>('codeLens', false);

export function vectorIndex(folder: vscode.Uri): VectorIndexChoice {
  return vscode.workspace.getConfiguration(SECTION, folder).get<VectorIndexChoice>('vectorIndex', 'auto');
}

export function quality(folder: vscode.Uri): Quality {
  return vscode.workspace.getConfiguration(SECTION, folder).get<Quality>('quality', 'fast');
}

/** A folder or `owner/name`; empty: Kenning's own. */
export function model(folder: vscode.Uri): string {
  return vscode.workspace.getConfiguration(SECTION, folder).get<string>('model', '').trim();
}

/** Globs that are on in `files.exclude` and `search.exclude`; a `when` clause cannot be told to the engine. */
export function excludes(folder: vscode.Uri): readonly string[] {
  const globs = ['files', 'search'].flatMap((section) => {
    const rules = vscode.workspace.getConfiguration(section, folder).get<Record<string, unknown>>('exclude', {});
    return Object.entries(rules).flatMap(([glob, on]) => (on === true ? [glob] : []));
  });
  return [...new Set(globs)];
}

/** Whether the editor is told not to watch files that may be indexed; its own defaults and their like name none. */
export function hidesChanges(folder: vscode.Uri): boolean {
  const rules = vscode.workspace.getConfiguration('files', folder).get<Record<string, unknown>>('watcherExclude', {});
  return Object.entries(rules).some(([glob, on]) => on === true && !NEVER_INDEXED.test(glob));
}

/** Whether the change can alter how a folder is indexed or searched. */
export function affectsIndex(change: vscode.ConfigurationChangeEvent): boolean {
  const own = ['vectorIndex', 'quality', 'model', 'autoIndex'].map((name) => `${SECTION}.${name}`);
  // While the editor begins to watch anew, changes may go unseen.
  return ['files.exclude', 'search.exclude', 'files.watcherExclude', ...own].some((name) =>
    change.affectsConfiguration(name),
  );
}

/** Whether the change can alter which MCP servers there are, or what they are started with. */
export function affectsMcpServer(change: vscode.ConfigurationChangeEvent): boolean {
  return ['mcpServer', 'quality', 'model'].some((name) => change.affectsConfiguration(`${SECTION}.${name}`));
}

function read<T>(name: string, fallback: T): T {
  return vscode.workspace.getConfiguration(SECTION).get<T>(name, fallback);
}
