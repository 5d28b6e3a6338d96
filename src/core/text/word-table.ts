/**
 * A list of words in three arrays of numbers, which can be saved and used as they lie: a list of 50,000 takes no time to
 * load, where a map of them takes as long as a search.
 */

export interface PackedWords {
  /** UTF-16, one word after the other. */
  readonly letters: Uint16Array;
  /** Where each word's letters end. */
  readonly ends: Uint32Array;
  /** By the word's hash, or in the next free slot: its place + 1; 0 where there is none. A power of two of them. */
  readonly slots: Uint32Array;
}

/** Half of the slots stay free at least, so that a look goes on for one or two. */
const SLOTS_FOR_WORD = 2;

/** `words`: each once; empty ones are not found. */
export function packWords(words: readonly string[]): PackedWords {
  const letters = new Uint16Array(words.reduce((sum, word) => sum + word.length, 0));
  const ends = new Uint32Array(words.length);
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(SLOTS_FOR_WORD * words.length + 1)));
  let at = 0;
  words.forEach((word, place) => {
    for (let i = 0; i < word.length; i++) letters[at++] = word.charCodeAt(i);
    ends[place] = at;
    if (word !== '') slots[freeSlot(slots, word)] = place + 1;
  });
  return { letters, ends, slots };
}

function freeSlot(slots: Uint32Array, word: string): number {
  const mask = slots.length - 1;
  let slot = hashOf(word) & mask;
  while (slots[slot] !== 0) slot = (slot + 1) & mask;
  return slot;
}

export class WordTable {
  readonly packed: PackedWords;

  constructor(packed: PackedWords) {
    this.packed = packed;
  }

  get size(): number {
    return this.packed.ends.length;
  }

  /** -1 for a word that is not in it. */
  placeOf(word: string): number {
    const { slots } = this.packed;
    const mask = slots.length - 1;
    for (let slot = hashOf(word) & mask; ; slot = (slot + 1) & mask) {
      const place = slots[slot]! - 1;
      if (place < 0 || this.#isAt(place, word)) return place;
    }
  }

  at(place: number): string {
    const { letters, ends } = this.packed;
    return String.fromCharCode(...letters.subarray(place > 0 ? ends[place - 1] : 0, ends[place]));
  }

  all(): string[] {
    return Array.from({ length: this.size }, (_, place) => this.at(place));
  }

  #isAt(place: number, word: string): boolean {
    const { letters, ends } = this.packed;
    const start = place > 0 ? ends[place - 1]! : 0;
    if (ends[place]! - start !== word.length) return false;
    for (let i = 0; i < word.length; i++) if (letters[start + i] !== word.charCodeAt(i)) return false;
    return true;
  }
}

/** FNV-1a (Fowler, Noll and Vo), over UTF-16 units. */
function hashOf(word: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01_00_01_93);
  return hash >>> 0;
}
