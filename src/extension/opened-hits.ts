/** Tells of each hit that the user opens for good, in whatever way: the box, the tree, a button. Previews are not told. */
import * as vscode from 'vscode';
import type { FolderHit } from '../service/merge.ts';

export const openedHits = new vscode.EventEmitter<FolderHit>();
