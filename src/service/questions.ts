/** Questions to several folders at once: asked of all, answered together, the user's own one at a time. */
import { type CancellationToken, CancellationTokenSource, type MessageConnection } from 'vscode-jsonrpc/node';
import { KenningError } from '../core/errors.ts';
import type { SearchAnswer } from '../engine/api/search.ts';
import type { FolderSession } from './folder-session.ts';
import { type FolderAnswer, mergeAnswers, type WorkspaceAnswer } from './merge.ts';
import { fromWire } from './wire-errors.ts';

export type AskFolder = (
  folder: string,
  connection: MessageConnection,
  token: CancellationToken,
) => Promise<SearchAnswer>;

/** The question as far as it says how the folders' answers become one. */
export interface Asked {
  readonly query: string;
  readonly limit: number;
}

/** A folder that cannot answer is a problem in the answer, not an error. */
export async function askAll(
  sessions: readonly FolderSession[],
  { query, limit }: Asked,
  ask: AskFolder,
  token: CancellationToken,
): Promise<WorkspaceAnswer> {
  const answers = await Promise.all(sessions.map((session) => askFolder(session, ask, token)));
  return mergeAnswers(query, answers, limit);
}

async function askFolder(session: FolderSession, ask: AskFolder, token: CancellationToken): Promise<FolderAnswer> {
  const { folder } = session.options;
  try {
    const connection = await session.ready();
    // What was cancelled meanwhile is not asked: the answer could be there before the word of it.
    if (token.isCancellationRequested) throw new KenningError('cancelled', 'The search was cancelled.');
    return { folder, answer: await ask(folder, connection, token) };
  } catch (error) {
    return { folder, answer: fromWire(error) };
  }
}

/** The user has one question at a time: the next one takes over from it. */
export class UserQuestion {
  #source: CancellationTokenSource | null = null;

  /** As `askAll`; null when another question has taken over meanwhile, or `cancel` was called. */
  async ask(sessions: readonly FolderSession[], asked: Asked, ask: AskFolder): Promise<WorkspaceAnswer | null> {
    this.cancel();
    const source = new CancellationTokenSource();
    this.#source = source;
    const answer = await askAll(sessions, asked, ask, source.token);
    return this.#source === source ? answer : null;
  }

  cancel(): void {
    this.#source?.cancel();
    this.#source = null;
  }
}
