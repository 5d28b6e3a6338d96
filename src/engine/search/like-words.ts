/**
 * Which words of names mean nearly what a word of the question means (`dir` for directory, `remove` for delete), by the
 * student's vectors of single words. Names are few and short, so this is worth its while there and not in whole functions.
 */
import { type NameWords, nameWords } from '../../core/lexical/name-words.ts';
import type { Candidate, Likes } from '../../core/ranking/candidate.ts';
import { LIKE_WORDS } from '../../core/ranking/parameters.ts';
import { pathNames } from '../../core/ranking/path-names.ts';
import type { Student } from '../embed/student.ts';
import { quantise, SCALE } from '../vectors/quantise.ts';
import { emptyScan, type Scan, SOME_ROWS } from '../vectors/scan.ts';

/** A vector each, and its name. Names of one project repeat their words: the largest have more. */
const CACHE_WORDS = 20_000;

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
    const askedWords = wordsByStem([nameWords(question)], (each) => asked.has(each));
    const others = wordsByStem(wordsOf(candidates), (each) => !asked.has(each));
    await this.#learn([...askedWords.values(), ...others.values()]);
    const likes = new Map<string, (readonly [string, number])[]>();
    // What there was no room for is like nothing.
    const held = [...others].filter(([, word]) => this.#rows.has(word));
    const stems = held.map(([stem]) => stem);
    const rows = Uint32Array.from(held, ([, word]) => this.#rows.get(word)!);
    for (const [each, word] of askedWords) {
      this.#visitLikeness(word, rows, (i, cosine) => addLike(likes, stems[i]!, each, cosine));
    }
    return likes;
  }

  /** Tells of the cosine of `word` with the word at each of `rows`. */
  #visitLikeness(word: string, rows: Uint32Array, visit: (place: number, cosine: number) => void): void {
    const [table, own] = [this.#table, this.#rows.get(word)];
    if (!table || own === undefined) return;
    const { dimensions, vectors } = table;
    const vector = new Float32Array(dimensions);
    for (let i = 0; i < dimensions; i++) vector[i] = vectors[own * dimensions + i]! / SCALE;
    const some = table.compareSome(vector);
    for (let from = 0; from < rows.length; from += SOME_ROWS) {
      const count = Math.min(SOME_ROWS, rows.length - from);
      some.rows.set(rows.subarray(from, from + count));
      some.score(count);
      for (let i = 0; i < count; i++) visit(from + i, some.scores[i]! / SCALE ** 2);
    }
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

/** Of what ranking compares words with: each name, then each file's and folder's. */
function* wordsOf(candidates: readonly Pick<Candidate, 'path' | 'qualifiedName'>[]): Generator<NameWords, void> {
  for (const { qualifiedName } of candidates) yield nameWords(qualifiedName);
  for (const path of new Set(candidates.map((candidate) => candidate.path))) {
    const { file, folder } = pathNames(path);
    yield file;
    yield folder;
  }
}

/** Stem → the first word that has it. */
function wordsByStem(names: Iterable<NameWords>, isWanted: (stem: string) => boolean): Map<string, string> {
  const found = new Map<string, string>();
  for (const { stems, words } of names) {
    for (let i = 0; i < stems.length; i++) {
      const [stem, word] = [stems[i]!, words[i]!];
      if (word !== null && !found.has(stem) && isWanted(stem)) found.set(stem, word);
    }
  }
  return found;
}
