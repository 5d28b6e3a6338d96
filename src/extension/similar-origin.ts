/** What a search for similar code starts from: a function, a selection, a hit; what it is called, and how it is asked. */
import * as vscode from 'vscode';
import type { WorkspaceSimilarRequest } from '../service/workspace-request.ts';
import * as settings from './settings.ts';

export interface SimilarOrigin {
  /** How the user would call it: a function's name, or `cart.go:12-20`. */
  readonly label: string;
  readonly code: string;
  /** Absolute; absent for code outside all open folders. */
  readonly folder?: string;
  /** Relative to `folder` with `/`; without a folder a bare file name, which tells the language. */
  readonly path?: string;
  /** From 1, both ends included. */
  readonly startLine?: number;
  readonly endLine?: number;
  readonly only?: 'duplicates';
}

export function similarRequest({ label: _, ...request }: SimilarOrigin): WorkspaceSimilarRequest {
  return { ...request, limit: settings.maxResults() };
}

export function originTitle({ label, only }: SimilarOrigin): string {
  return only === 'duplicates' ? vscode.l10n.t('Duplicates of {0}', label) : vscode.l10n.t('Similar to {0}', label);
}
