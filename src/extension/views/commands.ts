/** The commands of the side bar's three views. Menus say what they are about, keys leave it to what is focused. */
import * as vscode from 'vscode';
import type { Within } from '../../service/workspace-request.ts';
import { placeOf, startOf, uriOf } from '../hit.ts';
import { openedHits } from '../opened-hits.ts';
import { plainLabel } from '../plain-label.ts';
import * as settings from '../settings.ts';
import { count } from '../texts.ts';
import { type Command, explainLack, whenSearchable } from '../when-searchable.ts';
import type { KenningWindow } from '../window.ts';
import { askDeleteIndex } from './delete-index.ts';
import { focusedNodes } from './focused.ts';
import { inTurn } from './in-turn.ts';
import { rebuild } from './rebuild.ts';
import type { ResultNode } from './result-tree.ts';
import { resultsText } from './results-text.ts';
import { tellWhyNotIndexed } from './why-not-indexed.ts';

const hasAnswer = ({ results }: KenningWindow): boolean => results.title() !== '';
const hasHits = ({ results }: KenningWindow): boolean => results.hits.length > 0;

interface FolderNode {
  readonly folder?: string;
}

export const VIEW_COMMANDS: Readonly<Record<string, Command>> = {
  'kenning.showResults': () => vscode.commands.executeCommand('kenning.results.focus'),
  'kenning.clearResults': withResults(({ results }) => results.clear()),
  'kenning.refreshResults': whenSearchable(withResults(refresh)),
  'kenning.resultsByRank': ({ results }) => results.setOrder('rank'),
  'kenning.resultsByFile': ({ results }) => results.setOrder('file'),
  'kenning.dismissResult': inTurn(async ({ results }: KenningWindow, node?: ResultNode, all?: readonly ResultNode[]) =>
    withNodes(await meant(results.view, node, all), (nodes) => results.dismiss(nodes)),
  ),
  'kenning.openAllResults': withResults(openAll, hasHits),
  'kenning.openToSide': async ({ results }, node?: ResultNode) =>
    withNodes(await meant(results.view, node), ([first]) => openToSide(first!)),
  'kenning.copyPlace': async ({ results }, node?: ResultNode, all?: readonly ResultNode[]) =>
    withNodes(await meant(results.view, node, all), copyPlaces),
  'kenning.copyPath': async ({ results }, node?: ResultNode, all?: readonly ResultNode[]) =>
    withNodes(await meant(results.view, node, all), copyPlaces),
  'kenning.copyResults': withResults(copyResults, hasHits),
  'kenning.pinSearch': ({ results, pinned }) => (results.query ? pinned.pin(results.query) : explainNoResults()),
  'kenning.unpinSearch': inTurn(async ({ pinned }: KenningWindow, query?: string, all?: readonly string[]) =>
    withNodes(await meant(pinned.view, query, all), (queries) => pinned.unpin(queries)),
  ),
  'kenning.runPinned': whenSearchable(runPinned),
  'kenning.openPinned': async (window, query?: string) =>
    withNodes(await meant(window.pinned.view, query), ([first]) => window.openPanel(first)),
  'kenning.showIndex': () => vscode.commands.executeCommand('kenning.index.focus'),
  'kenning.updateIndex': whenSearchable((window, node?: FolderNode) => {
    // Now, as its name says: it would wait for the pause's end without a word.
    window.client.setPaused(false);
    window.indexer.update(node?.folder);
  }),
  'kenning.rebuildIndex': whenSearchable((window, node?: FolderNode) => rebuild(window, node?.folder)),
  'kenning.deleteIndex': whenSearchable((window, node?: FolderNode) => askDeleteIndex(window, node?.folder)),
  'kenning.whyNotIndexed': whenSearchable((window, uri?: unknown) =>
    tellWhyNotIndexed(window, uri instanceof vscode.Uri ? uri : undefined),
  ),
};

/** All selected nodes, if the menu was opened on one of them; else the one; from a key, what has the focus. */
async function meant<T>(view: vscode.TreeView<T>, node?: T, all?: readonly T[]): Promise<readonly T[]> {
  if (all && all.length > 0) return all;
  return node === undefined ? focusedNodes(view) : [node];
}

const explainNoResults = (): void => explainLack(vscode.l10n.t('There are no results yet.'));

function withResults(command: (window: KenningWindow) => unknown, has = hasAnswer): Command {
  return (window) => (has(window) ? command(window) : explainNoResults());
}

/** A key that the user has bound elsewhere may find nothing chosen. */
const withNodes = <T>(nodes: readonly T[], act: (nodes: readonly T[]) => unknown): unknown =>
  nodes.length > 0 ? act(nodes) : explainLack(vscode.l10n.t('Choose something in Kenning’s side bar first.'));

/** Asks again what is shown. */
async function refresh(window: KenningWindow): Promise<void> {
  const { results } = window;
  const { query, origin, within } = results;
  if (query) return search(window, query, within);
  if (!origin) return;
  const answer = await inView(() => origin.rerun());
  results.forgetDismissed();
  if (answer) results.show(answer, { origin });
}

async function search(window: KenningWindow, query: string, within?: Within): Promise<void> {
  const { client, results, workingSet } = window;
  const request = { query, limit: settings.maxResults(), near: workingSet.near(), ...(within && { within }) };
  const answer = await inView(() => client.search(request));
  if (!answer) return;
  results.forgetDismissed();
  results.show(answer, { within });
}

const inView = <T>(work: () => Promise<T>): Thenable<T> =>
  vscode.window.withProgress({ location: { viewId: 'kenning.results' } }, work);

/** From the palette it asks which. */
async function runPinned(window: KenningWindow, query?: string): Promise<void> {
  const { pinned, results } = window;
  if (query === undefined && pinned.queries.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No search is pinned. Pin one above its results.'));
    return;
  }
  const chosen = query ?? (await choosePinned(pinned.queries));
  if (!chosen) return;
  await search(window, chosen);
  if (!results.view.visible) await vscode.commands.executeCommand('kenning.results.focus');
}

async function choosePinned(queries: readonly string[]): Promise<string | undefined> {
  const items = queries.map((query) => ({ label: plainLabel(query), query }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which search?') }))?.query;
}

/** More editors than anybody wants to open by mistake. */
const MANY = 20;

/** Each file once, at its best hit. One that is gone keeps none of the others from being opened. */
async function openAll({ results }: KenningWindow): Promise<void> {
  const best = new Map([...results.hits].reverse().map((hit) => [uriOf(hit).toString(), hit]));
  if (best.size > MANY && !(await isSure(best.size))) return;
  const failures: unknown[] = [];
  for (const hit of [...best.values()].reverse()) {
    const options = { preview: false, preserveFocus: true, selection: startOf(hit) };
    await vscode.window.showTextDocument(uriOf(hit), options).then(undefined, (error) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

async function isSure(files: number): Promise<boolean> {
  const yes = vscode.l10n.t('Open All');
  const question = vscode.l10n.t('Open {0} files?', count(files));
  return (await vscode.window.showWarningMessage(question, { modal: true }, yes)) === yes;
}

async function openToSide(node: ResultNode): Promise<void> {
  const selection = startOf('hits' in node ? { startLine: 1 } : node);
  await vscode.window.showTextDocument(uriOf(node), { viewColumn: vscode.ViewColumn.Beside, selection });
  if ('why' in node) openedHits.fire(node);
}

function copyResults({ results }: KenningWindow): Thenable<void> {
  return vscode.env.clipboard.writeText(resultsText(results.title(), results.hits, (hit) => placeOf(hit)));
}

async function copyPlaces(nodes: readonly ResultNode[]): Promise<void> {
  const places = nodes.map((node) => ('hits' in node ? node.path : placeOf(node)));
  await vscode.env.clipboard.writeText(places.join('\n'));
}
