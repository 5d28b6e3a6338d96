/** The reasons for leaving a file out, in the index view's words. */
import * as vscode from 'vscode';
import type { SkipCode } from '../../core/skip.ts';

const LABELS: Readonly<Record<SkipCode, string>> = {
  ignored: vscode.l10n.t('Ignored by a rule'),
  'always-excluded': vscode.l10n.t('Never indexed (.git, node_modules …)'),
  secret: vscode.l10n.t('Holds secrets'),
  generated: vscode.l10n.t('Generated'),
  vendored: vscode.l10n.t('Vendored'),
  'too-large': vscode.l10n.t('Too large'),
  binary: vscode.l10n.t('Binary'),
  minified: vscode.l10n.t('Minified'),
  empty: vscode.l10n.t('Empty'),
  'not-a-file': vscode.l10n.t('Link or special file'),
  unreadable: vscode.l10n.t('Unreadable'),
  unsupported: vscode.l10n.t('Holds no code'),
};

/** A code that a newer engine may bring stands for itself. */
export const skipLabel = (code: string): string => LABELS[code as SkipCode] ?? code;
