/** Draws on the quick pick: one list after the other, the user's place in it kept where the question is the same. */
import type * as vscode from 'vscode';
import type { FolderHit } from '../../service/merge.ts';
import { narrowingPrompt } from './box.ts';
import { type TitleButtons, titleButtons } from './buttons.ts';
import { isHit, keyOfItem, type PanelItem } from './items.ts';
import type { List } from './list.ts';
import { Moves } from './moves.ts';
import { hasFileIcons, setPrompt } from './ranked-order.ts';
import { whyItems, whyTitle } from './why-items.ts';

export interface Drawing extends List {
  readonly title: string;
  /** What is answered, and where: a list for the same is a fresh one of the old. */
  readonly question: string;
  /** Key of the hit that is to be the active one; absent: the one that was, or the first. */
  readonly active?: string | undefined;
  /** Whether the first item is the active one whatever was before. */
  readonly startsAnew: boolean;
}

export class Board {
  readonly #quickPick: vscode.QuickPick<PanelItem>;
  readonly #moves = new Moves<PanelItem>();
  #first: PanelItem | undefined;
  #question = '';
  #buttons = '';

  constructor(quickPick: vscode.QuickPick<PanelItem>) {
    this.#quickPick = quickPick;
  }

  get hasFileIcons(): boolean {
    return hasFileIcons(this.#quickPick);
  }

  /** Where Enter leads unless the user chooses otherwise. */
  get first(): PanelItem | undefined {
    return this.#first;
  }

  get active(): PanelItem | undefined {
    const [active] = this.#quickPick.activeItems;
    // The editor names items by their number: what it tells late of the list before may fall on a heading of this one.
    return active && !('kind' in active) ? active : this.#first;
  }

  get activeHit(): FolderHit | undefined {
    const [active] = this.#quickPick.activeItems;
    return isHit(active) ? active.hit : undefined;
  }

  /** As the editor reports it. Says whether the user has moved there. */
  noteActive(item: PanelItem | undefined): boolean {
    return this.#moves.told(item);
  }

  /** Another question is typed or set, or another part searched: the next list starts at its best hit, wherever the user was in this one. */
  forgetPlace(): void {
    this.#moves.forget();
  }

  /** One assignment for each set of items. Returns the item that is now the active one. */
  draw({ items, first, title, question, active, startsAnew }: Drawing): PanelItem | undefined {
    this.#quickPick.title = title;
    this.#quickPick.items = items;
    // Who has moved stays, whatever is answered meanwhile. A fresh list for the same question keeps its active hit, too;
    // at a notice that came first by itself nobody stays: hits may come in its place.
    const { active: before, hasMoved } = this.#moves;
    const isRefresh = this.#question === question && !startsAnew;
    const place = this.#itemOf(hasMoved || (isRefresh && isHit(before)) ? placeOf(before) : undefined);
    const chosen = this.#itemOf(active) ?? place ?? first;
    if (chosen) this.#quickPick.activeItems = [chosen];
    this.#moves.put(chosen, hasMoved && chosen === place);
    this.#first = first;
    this.#question = question;
    return chosen;
  }

  /** In place of the results. Drawn once: answers that come meanwhile change nothing here. */
  drawWhy(hit: FolderHit): void {
    const title = whyTitle(hit);
    if (this.#quickPick.title === title) return;
    this.#quickPick.title = title;
    this.#quickPick.items = whyItems(hit, this.hasFileIcons);
    this.#moves.put(undefined, false);
  }

  /** And the line of help, where there is something to narrow. Made anew only where they change: each assignment has the editor draw its box again, under the user's keys. */
  drawButtons(wanted: TitleButtons): void {
    const buttons = JSON.stringify(wanted);
    if (buttons === this.#buttons) return;
    this.#buttons = buttons;
    this.#quickPick.buttons = titleButtons(wanted);
    setPrompt(this.#quickPick, wanted.scopes.length > 0 ? narrowingPrompt() : undefined);
  }

  activate(key: string): void {
    const item = this.#itemOf(key);
    if (!item) return;
    this.#quickPick.activeItems = [item];
    this.#moves.put(item, false);
  }

  #itemOf(place: string | undefined): PanelItem | undefined {
    return place === undefined ? undefined : this.#quickPick.items.find((item) => placeOf(item) === place);
  }
}

/** What makes an item the same in the next list; undefined for those that nobody stays at. A hit has its key. */
function placeOf(item: PanelItem | undefined): string | undefined {
  if (item && 'recent' in item) return `recent\0${item.recent}`;
  if (item && 'command' in item) return `command\0${item.command}`;
  if (item && 'completion' in item) return `completion\0${item.completion.value}`;
  return keyOfItem(item) ?? undefined;
}
