/** The user's settings as the engine wants them. Read afresh each time: they differ between folders and change live. */
import * as vscode from 'vscode';
import type { Quality, VectorIndexChoice } from '../engine/api.ts';

export const SECTION = 'kenning';

export const autoIndex = (): boolean => read<boolean>('autoIndex', true);
export const maxResults = (): number => read<number>('maxResults', 30);

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

/** Whether the change can alter how a folder is indexed or searched. */
export function affectsIndex(change: vscode.ConfigurationChangeEvent): boolean {
  const own = ['vectorIndex', 'quality', 'model', 'autoIndex'].map((name) => `${SECTION}.${name}`);
  return ['files.exclude', 'search.exclude', ...own].some((name) => change.affectsConfiguration(name));
}

function read<T>(name: string, fallback: T): T {
  return vscode.workspace.getConfiguration(SECTION).get<T>(name, fallback);
}
