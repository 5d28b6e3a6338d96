/** High-contrast themes have no backgrounds for marked code: there a border says it. */
import * as vscode from 'vscode';

export function isHighContrast(): boolean {
  const { kind } = vscode.window.activeColorTheme;
  return kind === vscode.ColorThemeKind.HighContrast || kind === vscode.ColorThemeKind.HighContrastLight;
}

/** For decorations of whole lines; empty where their background can be seen. */
export function edge(): vscode.DecorationRenderOptions {
  const borderColor = new vscode.ThemeColor('contrastActiveBorder');
  return isHighContrast() ? { borderWidth: '0 0 0 2px', borderStyle: 'solid', borderColor } : {};
}
