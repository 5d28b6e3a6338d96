/** Sentences about what is wrong, as many as anybody reads. */

const MOST = 10;

export class Problems {
  readonly #sentences: string[] = [];
  #more = 0;

  add(sentence: string): void {
    if (this.#sentences.length < MOST) this.#sentences.push(sentence);
    else this.#more++;
  }

  /** What `read` gives; an error that it throws is a problem, and the answer undefined. */
  attempt<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      this.add(`It cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
      return undefined;
    }
  }

  get told(): readonly string[] {
    return this.#more > 0 ? [...this.#sentences, `And ${this.#more} more of the like.`] : this.#sentences;
  }
}
