/**
 * Tells where the user has moved in the list from what the panel has made active. The editor reports both alike, the panel's
 * own a moment late, and before it what became of the list before, by numbers that mean other items now. Pure.
 */
export class Moves<Item> {
  #put: Item | undefined;
  #isStay = false;
  #isConfirmed = true;
  #active: Item | undefined;
  #hasMoved = false;

  /** Where the panel or the user has put the active place last; undefined since something was typed. */
  get active(): Item | undefined {
    return this.#active;
  }

  /** Whether the active item is one that the user has moved to, and nothing was typed since. */
  get hasMoved(): boolean {
    return this.#hasMoved;
  }

  /** A list was drawn. `isStay`: its active item is the one that the user had moved to. */
  put(item: Item | undefined, isStay: boolean): void {
    this.#put = item;
    this.#isStay = isStay;
    this.#isConfirmed = false;
    this.#active = item;
    this.#hasMoved = isStay;
  }

  /**
   * As the editor reports it. What it reports before it has confirmed the list that was drawn is not of that list. Says
   * whether it is a move of the user's.
   */
  told(item: Item | undefined): boolean {
    if (!item) return false;
    const isOwn = item === this.#put;
    this.#isConfirmed ||= isOwn;
    if (!this.#isConfirmed) return false;
    this.#active = item;
    this.#hasMoved = !isOwn || this.#isStay;
    return !isOwn;
  }

  /** Another question begins, and with it the search for its best hit; the editor, too, goes back to its first item. */
  forget(): void {
    this.#active = undefined;
    this.#hasMoved = false;
    // One that is still to be confirmed was put there before the question.
    this.#isStay &&= this.#isConfirmed;
  }
}
