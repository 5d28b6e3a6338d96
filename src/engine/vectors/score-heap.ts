/** Rows by their score, the lowest or the highest at the top: what a search in a graph has to look at, and what it found. */

export class ScoreHeap {
  /** 1: the lowest score is at the top; -1: the highest. */
  readonly #sign: 1 | -1;
  readonly #rows: number[] = [];
  /** Times the sign. */
  readonly #keys: number[] = [];

  constructor(top: 'lowest' | 'highest') {
    this.#sign = top === 'lowest' ? 1 : -1;
  }

  get size(): number {
    return this.#rows.length;
  }

  get topScore(): number {
    return this.#keys[0]! * this.#sign;
  }

  push(row: number, score: number): void {
    const key = score * this.#sign;
    let at = this.#rows.length;
    for (; at > 0; at = (at - 1) >> 1) {
      const parent = (at - 1) >> 1;
      if (this.#keys[parent]! <= key) break;
      this.#put(at, this.#rows[parent]!, this.#keys[parent]!);
    }
    this.#put(at, row, key);
  }

  /** The row at the top, which goes; there must be one. */
  pop(): number {
    const top = this.#rows[0]!;
    const [row, key] = [this.#rows.pop()!, this.#keys.pop()!];
    if (this.size > 0) this.#sink(row, key);
    return top;
  }

  rows(): readonly number[] {
    return this.#rows;
  }

  #sink(row: number, key: number): void {
    let at = 0;
    for (let child = 1; child < this.size; child = 2 * at + 1) {
      if (child + 1 < this.size && this.#keys[child + 1]! < this.#keys[child]!) child++;
      if (this.#keys[child]! >= key) break;
      this.#put(at, this.#rows[child]!, this.#keys[child]!);
      at = child;
    }
    this.#put(at, row, key);
  }

  #put(at: number, row: number, key: number): void {
    this.#rows[at] = row;
    this.#keys[at] = key;
  }
}
