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

/** Some 400 bytes each. Names of one project repeat their words: the largest have more. */
const CACHE_WORDS = 20_000;
/** Two letters at least: `f` and `2` are like anything. */
const WORD = /^\p{L}{2,}$/u;

export class LikeWords {
  readonly #student: Pick<Student, 'embedCode'>;
  readonly #vectors = new Map<string, Int8Array>();

  constructor(student: Pick<Student, 'embedCode'>) {
    this.#student = student;
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
    const vectorsAsked = Array.from(askedWords, ([each, word]) => [each, this.#vectors.get(word)!] as const);
    const likes = new Map<string, ReadonlyMap<string, number>>();
    for (const [each, word] of others) {
      const found = this.#likenesses(word, vectorsAsked);
      if (found.size > 0) likes.set(each, found);
    }
    return likes;
  }

  #likenesses(word: string, asked: readonly (readonly [string, Int8Array])[]): Map<string, number> {
    const vector = this.#vectors.get(word)!;
    const found = new Map<string, number>();
    for (const [each, other] of asked) {
      const likeness = cosine(vector, other);
      if (likeness >= LIKE_WORDS.least) found.set(each, LIKE_WORDS.weight * likeness);
    }
    return found;
  }

  async #learn(words: readonly string[]): Promise<void> {
    if (this.#vectors.size + words.length > CACHE_WORDS) this.#vectors.clear();
    const fresh = words.filter((word) => !this.#vectors.has(word));
    if (fresh.length === 0) return;
    const vectors = await this.#student.embedCode(fresh);
    fresh.forEach((word, i) => {
      this.#vectors.set(word, quantise(vectors[i]!));
    });
  }
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
    for (const [stem, word] of nameWords(text)) {
      if (!words.has(stem) && isWanted(stem) && WORD.test(word)) words.set(stem, word);
    }
  }
  return words;
}

/** Of quantised unit vectors: whole numbers throughout, and four sums that need not wait for each other. */
function cosine(a: Int8Array, b: Int8Array): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i += 4) {
    first = (first + Math.imul(a[i]!, b[i]!)) | 0;
    second = (second + Math.imul(a[i + 1]!, b[i + 1]!)) | 0;
    third = (third + Math.imul(a[i + 2]!, b[i + 2]!)) | 0;
    fourth = (fourth + Math.imul(a[i + 3]!, b[i + 3]!)) | 0;
  }
  return (first + second + third + fourth) / SCALE ** 2;
}
