/**
 * Which words of names mean nearly what a word of the question means (`dir` for directory, `remove` for delete), by the
 * student's vectors of single words. Names are few and short, so this is worth its while there and not in whole functions.
 */
import { nameWords } from '../../core/lexical/name-words.ts';
import type { Candidate, Likes } from '../../core/ranking/candidate.ts';
import { LIKE_WORDS } from '../../core/ranking/parameters.ts';
import { nameAndFolder } from '../../core/ranking/path-names.ts';
import type { Student } from '../embed/student.ts';
import { quantise, SCALE } from '../vectors/quantise.ts';
import { emptyScan, type Scan } from '../vectors/scan.ts';

/** A vector each, and its name. Names of one project repeat their words: the largest have more. */
const CACHE_WORDS = 20_000;
/** Of a word that there was no room for. */
const NONE = -1;

export class LikeWords {
  readonly #student: Pick<Student, 'embedCode'>;
  readonly #scanModule: WebAssembly.Module | null;
  /** The words' vectors, to be compared where they lie; null before the first. */
  #table: Scan | null = null;
  /** Word → its row in the table. */
  readonly #rows = new Map<string, number>();

  /** `scanModule`: null to compare vectors without WebAssembly. */
  constructor(student: Pick<Student, 'embedCode'>, scanModule: WebAssembly.Module | null = null) {
    this.#student = student;
    this.#scanModule = scanModule;
  }

  /** `asked`: the stems that the question's words are compared by. */
  async of(
    question: string,
    asked: ReadonlyMap<string, number>,
    candidates: readonly Pick<Candidate, 'path' | 'qualifiedName'>[],
  ): Promise<Likes> {
    const askedWords = wordsByStem([question], (each) => asked.has(each));
    const others = wordsByStem(namesOf(candidates), (each) => !asked.has(each));
    await this.#learn([...askedWords.values(), ...others.values()]);
    const likes = new Map<string, (readonly [string, number])[]>();
    const stems = [...others.keys()];
    const rows = Array.from(others.values(), (word) => this.#rows.get(word) ?? NONE);
    for (const [each, word] of askedWords) {
      const likeness = this.#likenessTo(word);
      if (likeness) rows.forEach((row, i) => addLike(likes, stems[i]!, each, row === NONE ? 0 : likeness(row)));
    }
    return likes;
  }

  /** Row → cosine; null where the word has no row. */
  #likenessTo(word: string): ((row: number) => number) | null {
    const [table, own] = [this.#table, this.#rows.get(word)];
    if (!table || own === undefined) return null;
    const { dimensions, vectors } = table;
    const vector = new Float32Array(dimensions);
    for (let i = 0; i < dimensions; i++) vector[i] = vectors[own * dimensions + i]! / SCALE;
    const score = table.compare(vector);
    return (row) => score(row) / SCALE ** 2;
  }

  async #learn(words: readonly string[]): Promise<void> {
    if (this.#rows.size + words.length > CACHE_WORDS) this.#rows.clear();
    const fresh = words.filter((word) => !this.#rows.has(word));
    if (fresh.length === 0) return;
    const vectors = await this.#student.embedCode(fresh);
    fresh.forEach((word, i) => {
      this.#put(word, quantise(vectors[i]!));
    });
  }

  /** Nothing where there is no room, as when one question meets more words than are kept. */
  #put(word: string, vector: Int8Array): void {
    const row = this.#rows.get(word) ?? this.#rows.size;
    if (row >= CACHE_WORDS) return;
    this.#table ??= emptyScan(this.#scanModule, CACHE_WORDS, vector.length);
    this.#table.vectors.set(vector, row * vector.length);
    this.#rows.set(word, row);
  }
}

/** `other`: the stem of a word that is `cosine` like the one whose stem is `asked`. */
function addLike(
  likes: Map<string, (readonly [asked: string, share: number])[]>,
  other: string,
  asked: string,
  cosine: number,
): void {
  if (cosine < LIKE_WORDS.least) return;
  const like = [asked, LIKE_WORDS.weight * cosine] as const;
  const found = likes.get(other);
  if (found) found.push(like);
  else likes.set(other, [like]);
}

/** What ranking compares words with: each name, file name and folder once. */
function namesOf(candidates: readonly Pick<Candidate, 'path' | 'qualifiedName'>[]): Set<string> {
  const names = new Set<string>();
  const paths = new Set<string>();
  for (const { path, qualifiedName } of candidates) {
    names.add(qualifiedName);
    paths.add(path);
  }
  for (const path of paths) for (const name of Object.values(nameAndFolder(path))) names.add(name);
  return names;
}

/** Stem → the first word that has it. */
function wordsByStem(texts: Iterable<string>, isWanted: (stem: string) => boolean): Map<string, string> {
  const words = new Map<string, string>();
  for (const text of texts) {
    const { stems, words: its } = nameWords(text);
    for (let i = 0; i < stems.length; i++) {
      const [stem, word] = [stems[i]!, its[i]!];
      if (word !== null && !words.has(stem) && isWanted(stem)) words.set(stem, word);
    }
  }
  return words;
}
