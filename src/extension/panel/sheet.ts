/** What stands on the board: the list for the last answer, or one hit's reasons in its place, and the buttons for it. */
import type { FolderHit } from '../../service/merge.ts';
import { keyOf } from '../hit-identity.ts';
import type { Asking } from './asking.ts';
import type { Board } from './board.ts';
import type { Facts } from './facts.ts';
import type { PanelHost } from './host.ts';
import type { Inquiry } from './inquiry.ts';
import type { PanelItem } from './items.ts';
import { panelList } from './list.ts';
import { isEmpty, keyOfQuestion } from './question.ts';
import type { ScopeChoice } from './scope.ts';
import { resultsTitle } from './title.ts';

/** What is drawn, and on what. */
export interface SheetParts {
  readonly host: PanelHost;
  readonly asking: Asking;
  readonly inquiry: Inquiry;
  readonly scope: ScopeChoice;
  readonly facts: Facts;
  readonly board: Board;
}

export class Sheet {
  readonly #parts: SheetParts;
  #explained: FolderHit | null = null;
  #drawnState = '';

  constructor(parts: SheetParts) {
    this.#parts = parts;
  }

  /** The hit whose reasons stand in place of the results. */
  get explained(): FolderHit | null {
    return this.#explained;
  }

  /** Whether a part of the workspace can be chosen: like code is looked for everywhere, and a hit's reasons are no search. */
  get isNarrowable(): boolean {
    return !this.#explained && !('origin' in this.#parts.inquiry.question);
  }

  /** Null goes back to the results, to the hit that was explained. */
  explain(hit: FolderHit | null): void {
    const before = this.#explained;
    this.#explained = hit;
    this.drawButtons();
    this.draw();
    if (!hit && before) this.#parts.board.activate(keyOf(before));
  }

  /** The next drawing is one of results. */
  forgetExplained(): void {
    this.#explained = null;
  }

  drawButtons(): void {
    const { board, inquiry, scope } = this.#parts;
    board.drawButtons({
      hasBack: this.#explained !== null || inquiry.hasFormer,
      scopes: this.isNarrowable ? scope.all : [],
      current: scope.current,
    });
  }

  /** `active`: key of the hit that is to be the active one. Returns the item that now is, if it is one of the results. */
  draw(active?: string): PanelItem | undefined {
    if (this.#explained) {
      this.#parts.board.drawWhy(this.#explained);
      return undefined;
    }
    return this.#drawResults(active);
  }

  #drawResults(active: string | undefined): PanelItem | undefined {
    const { host, asking, inquiry, scope, facts, board } = this.#parts;
    const { answer, answered: question, answeredWithin } = asking;
    const { operators } = inquiry;
    const { isModelIgnored } = facts;
    const state = host.state();
    const list = panelList({
      state,
      question,
      answer,
      operators,
      recent: isEmpty(inquiry.question) ? host.history.queries : [],
      isNarrowed: scope.current !== 'workspace',
      isModelIgnored,
      hasFileIcons: board.hasFileIcons,
    });
    const title = resultsTitle(inquiry.question, { state, scope, isModelIgnored });
    const asked = JSON.stringify([keyOfQuestion(question), answeredWithin]);
    return board.draw({ ...list, title, question: asked, active, startsAnew: operators.isOpen });
  }

  /** How far the refining is makes no item, and the list must not be made anew for it. */
  followState(): void {
    const told = (key: string, value: unknown): unknown => (key === 'refined' ? undefined : value);
    const state = JSON.stringify(this.#parts.host.state(), told);
    if (state !== this.#drawnState) this.draw();
    this.#drawnState = state;
  }
}
