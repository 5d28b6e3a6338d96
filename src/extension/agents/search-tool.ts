/** `#kenning`: the search as a tool for the editor's language models. Its texts for models are English on purpose. */
import * as vscode from 'vscode';
import { excerptOf } from '../../core/agents/excerpt.ts';
import { estimateTokens, fitted } from '../../core/agents/fit.ts';
import { DEFAULT_TOKENS, readSearchInput } from '../../core/agents/input.ts';
import { notesOf } from '../../core/agents/notes.ts';
import type { AgentHit } from '../../core/agents/render.ts';
import { sameAs } from '../../core/agents/same.ts';
import { decodeText } from '../../core/files/decode.ts';
import type { FolderHit, WorkspaceAnswer } from '../../service/merge.ts';
import { uriOf } from '../hit.ts';
import type { KenningWindow } from '../window.ts';

export const SEARCH_TOOL = 'kenning_search_code';

/** As the manifest's schema has it, as far as it is looked at before it is checked. */
interface ToolInput {
  readonly query?: unknown;
}

type Invocation = vscode.LanguageModelToolInvocationOptions<ToolInput>;

export class SearchTool implements vscode.LanguageModelTool<ToolInput> {
  readonly #window: KenningWindow;

  constructor(window: KenningWindow) {
    this.#window = window;
  }

  prepareInvocation({
    input,
  }: vscode.LanguageModelToolInvocationPrepareOptions<ToolInput>): vscode.PreparedToolInvocation {
    return { invocationMessage: vscode.l10n.t('Searching code: {0}', String(input.query ?? '')) };
  }

  /** Errors are for the model: what is wrong, and what to do next. */
  async invoke(options: Invocation, token: vscode.CancellationToken): Promise<vscode.LanguageModelToolResult> {
    const folders = this.#window.client.folders.map(({ folder }) => folder);
    const request = readSearchInput(options.input, folders);
    if ('problem' in request) throw new Error(request.problem);
    this.#refuseWithoutIndex();
    const { query, folder, limit, maxTokens } = request;
    const asked = { query, limit, ...(folder !== null && { within: { folder } }) };
    const answer = await unlessCancelled(this.#window.client.searchAside(asked, token), token);
    if (answer.problems[0] && answer.hits.length === 0)
      throw new Error(`${answer.problems[0].error.message} ${USE_GREP}`);
    const hits = await agentHits(answer.hits);
    const text = await this.#fitted(options, { hits, notes: this.#notesOf(answer) }, maxTokens, token);
    if (token.isCancellationRequested) throw new vscode.CancellationError();
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
  }

  #refuseWithoutIndex(): void {
    const state = this.#window.state();
    if (state.kind === 'no-folder') {
      throw new Error('No folder is open in the editor, so there is no code to search. Ask the user to open one.');
    }
    if (state.kind === 'virtual') {
      throw new Error(`The open folder is virtual: Kenning searches folders on disk only. ${USE_GREP}`);
    }
    if (state.kind === 'failed') {
      throw new Error(
        `${state.error.message} ${USE_GREP} The user can run the command "Kenning: Restart Search Engine".`,
      );
    }
  }

  #notesOf({ hits, functions, complete, problems }: WorkspaceAnswer): readonly string[] {
    const catchingUp = this.#window.state().kind === 'indexing';
    const failed = problems.map(({ folder, error }) => `${folder} could not be searched: ${error.message}`);
    return [...notesOf(hits.length, { functions, complete, catchingUp }), ...failed];
  }

  /** The asker's tokens where it can count them, an estimate elsewhere; never more than the model itself wants. */
  async #fitted(
    { tokenizationOptions }: Invocation,
    answer: Parameters<typeof fitted>[0],
    wanted: number | null,
    token: vscode.CancellationToken,
  ): Promise<string> {
    const budget = Math.min(wanted ?? DEFAULT_TOKENS, tokenizationOptions?.tokenBudget ?? Number.POSITIVE_INFINITY);
    const { text } = await fitted(answer, budget, ({ text }) =>
      tokenizationOptions ? tokenizationOptions.countTokens(text, token) : estimateTokens(text),
    );
    return text;
  }
}

const USE_GREP = 'Do not try again now; use text search instead.';

/** Waiting for an engine that starts must end with the model's wish, too. */
async function unlessCancelled<T>(work: Promise<T>, token: vscode.CancellationToken): Promise<T> {
  const cancelled = Promise.withResolvers<never>();
  const cancel = (): void => cancelled.reject(new vscode.CancellationError());
  if (token.isCancellationRequested) cancel();
  const subscription = token.onCancellationRequested(cancel);
  try {
    return await Promise.race([work, cancelled.promise]);
  } finally {
    subscription.dispose();
  }
}

/** With absolute paths, as the editor's other tools take them. */
async function agentHits(hits: readonly FolderHit[]): Promise<readonly AgentHit[]> {
  const texts = new Map<string, Promise<string | null>>();
  return Promise.all(
    hits.map(async (hit) => {
      const uri = uriOf(hit);
      const reading = texts.get(uri.fsPath) ?? textOf(uri);
      texts.set(uri.fsPath, reading);
      const text = await reading;
      const { startLine, endLine, name, kind, language, score } = hit;
      const code = text === null ? null : excerptOf(text, hit);
      const place = { path: uri.fsPath, startLine, endLine, name, kind, language, score };
      const pathOf = (path: string): string => uriOf({ ...hit, path }).fsPath;
      return { ...place, ...sameAs(hit.also, pathOf), code, linesLeftOut: 0 };
    }),
  );
}

/** As it is in the editor, else on disk; null where it cannot be read. Opening a document would wake other extensions. */
async function textOf(uri: vscode.Uri): Promise<string | null> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    return decodeText(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}
