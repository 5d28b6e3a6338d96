/** What the panel needs of the window it is in. */
import type * as vscode from 'vscode';
import type { NearFiles } from '../../core/ranking/near.ts';
import type { ServiceClient } from '../../service/client.ts';
import type { FolderHit, WorkspaceAnswer } from '../../service/merge.ts';
import type { Within } from '../../service/workspace-request.ts';
import type { WindowState } from '../window-state.ts';
import type { QueryHistory } from './query-history.ts';
import type { Question } from './question.ts';
import type { Scope } from './scope.ts';

export interface PanelHost {
  readonly client: ServiceClient;
  readonly log: vscode.LogOutputChannel;
  readonly history: QueryHistory;
  state(): WindowState;
  /** Each answer that is not overtaken, for the sidebar; `within`: the part of the workspace that was searched for words. */
  onAnswer(answer: WorkspaceAnswer, question: Question, within: Within | undefined): void;
  /** Takes the keys to the side bar's results, to the hit if it is one of them. */
  showInSideBar(hit: FolderHit | undefined): Promise<void>;
  /** The visit has led to the active editor. */
  onArrival(): void;
  readonly lastQuery: string;
  /** As it was before the first preview: what a visit shows must not change its own ranking. */
  readonly near: NearFiles;
  /** Outlives the visit, not the window. */
  scope: Scope;
}
